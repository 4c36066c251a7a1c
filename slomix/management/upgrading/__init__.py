"""From one version to the next: what is looked at, done and said, in its order."""
