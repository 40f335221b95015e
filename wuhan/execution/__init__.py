"""How notebooks are run: parameters checked, kernels in parallel, results judged, published whole."""
