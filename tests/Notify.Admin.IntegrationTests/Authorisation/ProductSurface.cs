using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Authorisation;

/// <summary>Everything by which somebody can reach into the product, as found in it: service methods that take an <see cref="Actor"/>,
/// pages and endpoints. Tables that claim to be complete are compared with this.</summary>
internal static class ProductSurface
{
    /// <summary>What stands for all files under <c>wwwroot</c> and <c>_content</c>.</summary>
    public const string StaticFiles = "GET HEAD /(static files)";

    /// <summary>Public methods that take an <see cref="Actor"/>, by <see cref="NameOf(MethodInfo)"/>; overloads are several.</summary>
    public static ILookup<string, MethodInfo> ActorMethods() => (
        from type in typeof(Actor).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && type != typeof(Actor) && !type.Name.Contains('<', StringComparison.Ordinal)
            && !typeof(IComponent).IsAssignableFrom(type) && !typeof(IAuditRevert).IsAssignableFrom(type)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName && method.ReturnType != typeof(AuditEntry)
            && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null
            && Array.Exists(method.GetParameters(), parameter => parameter.ParameterType == typeof(Actor))
        select method).ToLookup(NameOf);

    /// <summary>Every page and endpoint, by <see cref="NameOf(RouteEndpoint)"/>.</summary>
    public static ILookup<string, RouteEndpoint> Endpoints(NotifyAdminApp app) =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToLookup(NameOf);

    public static Type? PageOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;

    public static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

    public static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    /// <summary><c>page /events</c>, <c>POST /api/events</c>; all methods of one that has several.</summary>
    public static string NameOf(RouteEndpoint endpoint)
    {
        // The second answers for files that are not there.
        if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || endpoint.RoutePattern.RawText == "{**path:file}")
        {
            return StaticFiles;
        }

        var route = $"/{endpoint.RoutePattern.RawText?.Trim('/')}";
        return PageOf(endpoint) is not null ? $"page {route}" : $"{string.Join(' ', MethodsOf(endpoint))} {route}".TrimStart();
    }
}
