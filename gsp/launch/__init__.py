"""Starts what the platform needs on one machine: servers, roles, first data, process group."""
