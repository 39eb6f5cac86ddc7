"""What a reader's own browser keeps of the portal: a worker for when there is no connection, stories, an icon."""
