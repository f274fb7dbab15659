using Swashbuckle.AspNetCore.SwaggerUI;

namespace Notify.Admin.Api;

/// <summary><c>/api/docs</c>: Swagger UI over <c>/openapi/v1.json</c>, for whoever may read that. The page takes everything from files:
/// the content policy allows no script within one.</summary>
internal static class ApiDocs
{
    /// <summary>From the root of the product.</summary>
    public const string Path = "api/docs";

    private const string Page = "ApiDocs/index.html";

    public static void MapApiDocs(this IEndpointRouteBuilder routes) => routes.MapSwaggerUI($"/{Path}", Configure)
        .RequireAuthorization(ApiPolicies.PersonOrKey)
        .ExcludeFromDescription();

    private static void Configure(SwaggerUIOptions ui)
    {
        ui.IndexStream = () => typeof(ApiDocs).Assembly.GetManifestResourceStream(Page)!;
        ui.DocumentTitle = "API · Notify.Admin";
        // From where the page is, so that it holds below a path prefix as well.
        ui.SwaggerEndpoint("../../openapi/v1.json", "v1");
        ui.DocExpansion(DocExpansion.List);
        ui.DefaultModelsExpandDepth(-1);
        ui.DisplayRequestDuration();
        ui.EnableDeepLinking();
        ui.EnableFilter();
    }
}
