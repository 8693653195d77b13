"""What the model needs and delivers, against what the development environment offers and takes."""
