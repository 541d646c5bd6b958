"""The OpenAPI document of an endpoint, in the form fal publishes them."""

from typing import Any

from tests.fal_server.endpoint import Endpoint
from tests.fal_server.endpoints import ENDPOINTS

FILE = {
    "title": "File",
    "type": "object",
    "required": ["url"],
    "properties": {
        "url": {"type": "string", "title": "Url"},
        "content_type": {"type": "string", "title": "Content Type"},
        "file_name": {"type": "string", "title": "File Name"},
        "file_size": {"type": "integer", "title": "File Size"},
    },
}
QUEUE_STATUS = {
    "type": "object",
    "required": ["status", "request_id"],
    "properties": {
        "status": {"type": "string", "enum": ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]},
        "request_id": {"type": "string"},
        "response_url": {"type": "string"},
        "status_url": {"type": "string"},
        "cancel_url": {"type": "string"},
        "logs": {"type": "object", "additionalProperties": True},
        "metrics": {"type": "object", "additionalProperties": True},
        "queue_position": {"type": "integer"},
    },
}


def _name(endpoint_id: str) -> str:
    words = endpoint_id.removeprefix("fal-ai/").replace("/", "-").replace(".", "-").split("-")
    return "".join(word[:1].upper() + word[1:] for word in words)


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"responses": {"200": {"description": "The answer.", "content": content}}}


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas(endpoint: Endpoint, name: str) -> dict[str, Any]:
    inputs = endpoint.inputs.model_json_schema(ref_template="#/components/schemas/{model}")
    nested = inputs.pop("$defs", {})
    inputs.pop("additionalProperties", None)
    inputs.pop("description", None)
    for field, schema in inputs["properties"].items():
        for media in ("image", "audio"):
            if field == f"{media}_url":
                schema |= {"_fal_ui_field": media, "ui": {"field": media, "important": True}}
    output = "audio" if endpoint.category == "text-to-speech" else "video"
    return {
        "QueueStatus": QUEUE_STATUS,
        f"{name}Input": inputs | {"x-fal-order-properties": list(inputs["properties"])},
        f"{name}Output": {
            "type": "object",
            "required": [output],
            "x-fal-order-properties": [output],
            "properties": {output: {"allOf": [_reference("File")]}},
        },
        "File": FILE,
        **nested,
    }


def document(endpoint_id: str) -> dict[str, Any]:
    """The document; KeyError for an endpoint that does not exist."""
    endpoint, name, path = ENDPOINTS[endpoint_id], _name(endpoint_id), f"/{endpoint_id}"
    body = {"content": {"application/json": {"schema": _reference(f"{name}Input")}}}
    status = _answer(_reference("QueueStatus"))
    return {
        "openapi": "3.0.4",
        "info": {
            "title": f"Queue OpenAPI for {endpoint_id}",
            "version": "1.0.0",
            "description": f"The OpenAPI schema for the {endpoint_id} queue.",
            "x-fal-metadata": {
                "endpointId": endpoint_id,
                "category": endpoint.category,
                "playgroundUrl": f"https://fal.ai/models/{endpoint_id}",
                "documentationUrl": f"https://fal.ai/models/{endpoint_id}/api",
            },
        },
        "components": {
            "securitySchemes": {
                "apiKeyAuth": {"type": "apiKey", "in": "header", "name": "Authorization"}
            },
            "schemas": _schemas(endpoint, name),
        },
        "paths": {
            f"{path}/requests/{{request_id}}/status": {"get": status},
            f"{path}/requests/{{request_id}}/cancel": {
                "put": _answer({"type": "object", "properties": {"success": {"type": "boolean"}}})
            },
            path: {"post": {"requestBody": {"required": True, **body}, **status}},
            f"{path}/requests/{{request_id}}": {"get": _answer(_reference(f"{name}Output"))},
        },
        "servers": [{"url": "https://queue.fal.run"}],
        "security": [{"apiKeyAuth": []}],
    }
