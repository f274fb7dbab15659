using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>Refuses, on every <c>api/</c> route, query parameters that the route does not have: a misspelt filter would otherwise list
/// everything. Which it has is read off its handler.</summary>
internal static class DeclaredQuery
{
    /// <summary>Applies to every route that is mapped on what this returns.</summary>
    public static RouteGroupBuilder WithDeclaredQuery(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("").AddEndpointFilterFactory((route, next) =>
        {
            var declared = NamesOf(route.MethodInfo.GetParameters()).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return invocation =>
            {
                var http = invocation.HttpContext;
                return http.Request.Path.StartsWithSegments("/api") && Problems(http, declared) is { Count: > 0 } problems
                    ? ValueTask.FromResult<object?>(Api.Problems.Result(StatusCodes.Status400BadRequest, "invalid_query",
                        $"The parameter {problems[0].Field} {problems[0].Reason}.", problems))
                    : next(invocation);
            };
        });

    private static List<FieldProblem> Problems(HttpContext http, HashSet<string> declared)
    {
        List<FieldProblem> problems = [];
        foreach (var (name, values) in http.Request.Query)
        {
            var shown = PlainText.Shorten(name, 60);
            if (!declared.Contains(name) || http.Request.RouteValues.ContainsKey(name))
            {
                problems.Add(new FieldProblem(null, shown, "is not known here"));
            }
            else if (values.Count > 1)
            {
                problems.Add(new FieldProblem(null, shown, "must be given once"));
            }
            else if (!PlainText.Is(values.ToString()))
            {
                problems.Add(new FieldProblem(null, shown, PlainText.Rule));
            }
        }

        return problems;
    }

    private static IEnumerable<string> NamesOf(IEnumerable<ParameterInfo> parameters) => parameters.SelectMany(parameter =>
        parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetProperties().Select(property => NameOf(property, property.Name, property.PropertyType))
            : [NameOf(parameter, parameter.Name, parameter.ParameterType)]).OfType<string>();

    // Services and bodies are classes; what stands in a query string is a text or a simple value.
    private static string? NameOf(ICustomAttributeProvider declared, string? name, Type type) =>
        declared.GetCustomAttributes(typeof(FromQueryAttribute), true) is [FromQueryAttribute query, ..] ? query.Name ?? name
            : type == typeof(string) || (Nullable.GetUnderlyingType(type) ?? type) is { IsPrimitive: true } ? name : null;
}
