using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Notify.Admin.Api;

namespace Notify.Admin.ConfigFiles;

internal enum ObjectCall
{
    List = 1,
    Create = 2,
    Read = 3,
    Change = 4,
    Delete = 5,
}

/// <summary>What <c>/openapi/v1.json</c> says of the calls for objects: schemas made of the same fields that read them, and
/// examples.</summary>
internal static class ObjectDescription
{
    private const string ProblemType = "application/problem+json";
    private const string JsonType = "application/json";

    public static void Of(RouteHandlerBuilder route, ObjectResource resource, ObjectCall call)
    {
        foreach (var status in RefusalsOf(call))
        {
            route.Produces<Problem>(status, ProblemType);
        }

        route.WithName(call == ObjectCall.List ? $"List{resource.Id}s" : $"{VerbOf(call)}{resource.Id}")
            .WithSummary(SummaryOf(resource, call));
        if (DescriptionOf(call) is { } description)
        {
            route.WithDescription(description);
        }

        if (call is ObjectCall.Create or ObjectCall.Change)
        {
            route.Accepts<JsonObject>(call == ObjectCall.Create ? JsonType : ObjectBody.PatchType, "*/*");
        }

        _ = call switch
        {
            ObjectCall.List => route.Produces<ObjectsAnswer>(),
            ObjectCall.Create => route.Produces<JsonObject>(StatusCodes.Status201Created),
            ObjectCall.Delete => route.Produces(StatusCodes.Status204NoContent),
            _ => route.Produces<JsonObject>(),
        };
        route.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            Complete(operation, resource, call, context.ApplicationServices.GetRequiredService<ObjectService>().SchemaOf(resource.Section));
            return Task.CompletedTask;
        });
    }

    private static void Complete(OpenApiOperation operation, ObjectResource resource, ObjectCall call, JsonObject schema)
    {
        if (call is ObjectCall.Create or ObjectCall.Change)
        {
            var isChange = call == ObjectCall.Change;
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [isChange ? ObjectBody.PatchType : JsonType] = new OpenApiMediaType
                    {
                        Schema = SchemaOf(schema, isPatch: isChange),
                        Example = isChange ? resource.ParseChange() : resource.ParseExample(),
                    },
                },
            };
        }

        if (call is ObjectCall.Change or ObjectCall.Delete)
        {
            ApiDetails.AddIfMatch(operation, isRequired: true);
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status is not ("200" or "201") || response is not OpenApiResponse known)
            {
                continue;
            }

            var one = SchemaOf(schema, isPatch: false);
            known.Content = new Dictionary<string, OpenApiMediaType>
            {
                [JsonType] = new OpenApiMediaType { Schema = call == ObjectCall.List ? PageOf(one) : one },
            };
            if (call != ObjectCall.List)
            {
                ApiDetails.AddETag(known);
            }
        }
    }

    private static OpenApiSchema PageOf(OpenApiSchema one) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["items"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = one },
            ["nextCursor"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
        },
    };

    // JSON Schema, as far as the file's uses it.
    private static OpenApiSchema SchemaOf(JsonObject json, bool isPatch)
    {
        var required = json["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet() ?? [];
        var schema = new OpenApiSchema
        {
            Type = json["type"]?.GetValue<string>() switch
            {
                "integer" => JsonSchemaType.Integer,
                "boolean" => JsonSchemaType.Boolean,
                "array" => JsonSchemaType.Array,
                "object" => JsonSchemaType.Object,
                _ => JsonSchemaType.String,
            },
            ReadOnly = json["readOnly"] is not null,
            WriteOnly = json["writeOnly"] is not null,
            Enum = json["enum"] is JsonArray values ? [.. values.Select(value => value!.DeepClone())] : null,
            Items = json["items"] is JsonObject item ? SchemaOf(item, isPatch) : null,
            Required = required.Count > 0 && !isPatch ? required : null,
            AdditionalPropertiesAllowed = json["additionalProperties"] is null,
        };
        if (json["properties"] is JsonObject properties)
        {
            schema.Properties = new Dictionary<string, IOpenApiSchema>();
            foreach (var (name, property) in properties)
            {
                var made = SchemaOf((JsonObject)property!, isPatch);
                if (!required.Contains(name) && made is { ReadOnly: false, WriteOnly: false, Enum: null })
                {
                    made.Type |= JsonSchemaType.Null;
                }

                schema.Properties[name] = made;
            }
        }

        return schema;
    }

    private static IEnumerable<int> RefusalsOf(ObjectCall call)
    {
        int[] always = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests];
        int[] byId = [StatusCodes.Status404NotFound];
        int[] ofBody = [StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType];
        // 409: it comes from a file of the directory.
        int[] ofState =
        [
            StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed, StatusCodes.Status428PreconditionRequired,
        ];
        return call switch
        {
            ObjectCall.List => [StatusCodes.Status400BadRequest, .. always],
            ObjectCall.Create => [.. always, .. ofBody],
            ObjectCall.Read => [.. always, .. byId],
            ObjectCall.Change => [.. always, .. byId, .. ofBody, .. ofState],
            _ => [.. always, .. byId, .. ofState],
        };
    }

    private static string VerbOf(ObjectCall call) => call switch
    {
        ObjectCall.Create => "Create",
        ObjectCall.Change => "Change",
        ObjectCall.Delete => "Delete",
        _ => "Get",
    };

    private static string SummaryOf(ObjectResource resource, ObjectCall call) => call switch
    {
        ObjectCall.List => resource.HasTags ? "Channels of this kind by id, a hundred at a time; by part of the name, by tag."
            : "All of them by id, a hundred at a time; by part of the name.",
        ObjectCall.Create => $"Creates {resource.Noun}. Admin.",
        ObjectCall.Read => "One, with its ETag.",
        ObjectCall.Change => $"Changes {resource.Noun} by a merge patch (RFC 7396). Admin.",
        _ => $"Deletes {resource.Noun}. Admin.",
    };

    private static string? DescriptionOf(ObjectCall call) => call switch
    {
        ObjectCall.Create => "Keys are those of the configuration file; what is left out has its default. Other channels are named slack/NAME or dingtalk/NAME. "
            + "Secrets are written, or referred to as ${env:NAME} or ${file:/run/secrets/name}, and never read: secrets shows their last characters.",
        ObjectCall.Change => "What is left out stays, null sets a key back to its default, an object is merged. If-Match says which state you have read: where it is another by now "
            + "the answer is 412, and without it 428. What was read may be sent back whole.",
        ObjectCall.Delete => "If-Match as for a change.",
        ObjectCall.List => "Give nextCursor as cursor for the next page.",
        _ => null,
    };
}
