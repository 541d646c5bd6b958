"""What every page stands in: visitor, navigation, project, clicks, notices."""
