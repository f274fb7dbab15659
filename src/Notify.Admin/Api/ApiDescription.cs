using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Notify.Admin.Api;

/// <summary>What <c>/openapi/v1.json</c> says: the <c>api/</c> routes and how to authenticate.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.OrdinalIgnoreCase) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Notify.Admin",
                Version = "v1",
                Description = "Events in, deliveries out. Keys are created on the Profile page.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[ApiPolicies.KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key of the Profile page.",
            };
            document.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiPolicies.KeyScheme, document)] = [] },
            ];
            return Task.CompletedTask;
        });
    }
}
