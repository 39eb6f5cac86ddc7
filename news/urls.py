"""The addresses of the main floor."""

urlpatterns = []
