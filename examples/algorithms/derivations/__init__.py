"""An exercise sheet on algorithms: what is counted, one module a part."""
