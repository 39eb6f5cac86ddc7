"""WebSub: hubs are told at once which feeds changed, so that whoever subscribed there need not ask."""
