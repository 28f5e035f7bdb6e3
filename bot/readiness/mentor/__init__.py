"""What teaches: lessons with their exercises, praise from evidence, and the mentoring report."""
