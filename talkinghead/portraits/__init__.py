"""Pictures brought, checked and cropped."""
