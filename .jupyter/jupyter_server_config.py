c = get_config()  # noqa: F821 - given by Jupyter
c.LabApp.default_url = "/lab/tree/README.md"
c.ServerApp.allow_root = True  # a container often has no other user; the server listens on this machine only
