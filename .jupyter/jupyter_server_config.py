c = get_config()  # noqa: F821 - given by Jupyter
c.LabApp.default_url = "/lab/tree/README.md"
