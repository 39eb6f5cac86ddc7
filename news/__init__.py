"""The main floor: articles, their editions, events, photos and everything that happens to them."""
