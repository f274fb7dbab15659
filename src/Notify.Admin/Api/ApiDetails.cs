using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Notify.Admin.Api;

/// <summary>What <c>/openapi/v1.json</c> says of a route beside its types: an example of its body, and the headers that say which state is
/// meant.</summary>
internal static class ApiDetails
{
    public static RouteHandlerBuilder WithExample(
        this RouteHandlerBuilder route, [StringSyntax(StringSyntaxAttribute.Json)] string example, string type = "application/json") =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.RequestBody?.Content?.TryGetValue(type, out var body) == true)
            {
                body.Example = JsonNode.Parse(example);
            }

            return Task.CompletedTask;
        });

    /// <param name="isRequired">False where the change is made to whatever state there is without it.</param>
    public static RouteHandlerBuilder TakesIfMatch(this RouteHandlerBuilder route, bool isRequired) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            AddIfMatch(operation, isRequired);
            return Task.CompletedTask;
        });

    public static RouteHandlerBuilder AnswersETag(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var (status, response) in operation.Responses ?? [])
            {
                if (status is "200" or "201" && response is OpenApiResponse known)
                {
                    AddETag(known);
                }
            }

            return Task.CompletedTask;
        });

    /// <summary>What every route of the group answers where the key is missing, may not, or asks too often.</summary>
    public static RouteGroupBuilder ProducesProblem(this RouteGroupBuilder group, string type)
    {
        foreach (var status in new[] { StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden,
            StatusCodes.Status429TooManyRequests })
        {
            group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [type]));
        }

        return group;
    }

    public static void AddIfMatch(OpenApiOperation operation, bool isRequired)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "If-Match",
            In = ParameterLocation.Header,
            Required = isRequired,
            Description = "The ETag that you have read, or * for any state.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = "*",
        });
    }

    public static void AddETag(OpenApiResponse response) => response.Headers = new Dictionary<string, IOpenApiHeader>
    {
        ["ETag"] = new OpenApiHeader
        {
            Description = "The state that it is in: give it as If-Match to change or delete it.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };
}
