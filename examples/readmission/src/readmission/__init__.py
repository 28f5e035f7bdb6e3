"""Readmission within 30 days of discharge, for patients with hypertension."""
