"""What tables show: frozen values from the services as rows, columns and words. No page, no painting."""
