"""The parts a question is answered with, wherever it is answered: its controls, its choices, the reasons of N/A."""
