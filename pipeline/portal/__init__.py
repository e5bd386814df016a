"""The portal: offices hand in deliveries, see what was found, release them; pages made on the server, no scripts.

Independent of Dagster: it stores what comes, checks it at once by the same code and books it; runs follow on their own.
Plain Starlette, because it serves pages and no data; an API can be mounted beside them as a FastAPI application.
"""
