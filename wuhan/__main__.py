from wuhan.execution.cli import run

run()
