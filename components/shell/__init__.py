"""The frame of every page: session, navigation, project, clicks, notices."""
