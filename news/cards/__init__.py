"""The picture that stands beside a link to a page of ours elsewhere, drawn from what the page says."""
