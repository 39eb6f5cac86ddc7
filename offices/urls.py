"""The addresses of the foundation: the directory of offices."""

urlpatterns = []
