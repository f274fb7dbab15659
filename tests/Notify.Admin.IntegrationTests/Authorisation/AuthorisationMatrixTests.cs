using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Security;
using Notify.Admin.SecurityCenter;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Authorisation;

/// <summary>Walks the matrix of <see cref="AuthorisedRequests"/> and <see cref="AuthorisedMethods"/> in full, and compares it with what the
/// product has.</summary>
public sealed partial class AuthorisationMatrixTests
{
    private const string Table = "tests/Notify.Admin.IntegrationTests/Authorisation/";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Methods_OfTheProduct_AreTheTables()
    {
        var known = AuthorisedMethods.ByPolicy.Values.SelectMany(names => names).ToList();
        var found = ProductSurface.ActorMethods().Select(methods => methods.Key).ToList();

        found.Except(known).ShouldBeEmpty($"these take an Actor and stand under no policy in {Table}AuthorisedMethods.cs");
        known.Except(found).ShouldBeEmpty($"these are gone: take them out of {Table}AuthorisedMethods.cs");
        known.Count.ShouldBe(known.Distinct().Count());
    }

    [Fact]
    public async Task Methods_WithEveryRole_AdmitWhomTheTableSays()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var methods = ProductSurface.ActorMethods();
        var wrong = new List<string>();

        foreach (var (policy, name) in AuthorisedMethods.ByPolicy.Where(pair => pair.Key != AuthorisedMethods.Own)
            .SelectMany(pair => pair.Value.Select(name => (pair.Key, name))))
        {
            foreach (var (method, role) in methods[name].SelectMany(method => Roles.All.Append(null).Select(role => (method, role))))
            {
                if (await IsAdmittedAsync(app, method, role) != AuthorisedMethods.Admits(policy, role))
                {
                    wrong.Add($"{name} as {role ?? "nobody"} is not what {policy} says");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Requests_OfTheProduct_AreTheTables()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var known = AuthorisedRequests.All.Select(row => row.Name).ToList();
        var found = ProductSurface.Endpoints(app).Select(endpoints => endpoints.Key).Where(name => !IsFramework(name))
            .Concat(Enum.GetValues<SecurityCenterOperation>().Select(AuthorisedRequests.NameOf)).ToList();

        found.Except(known).ShouldBeEmpty($"these have no line in {Table}AuthorisedRequests.cs");
        known.Except(found).ShouldBeEmpty($"these are gone: take them out of {Table}AuthorisedRequests.cs");
        known.Count.ShouldBe(known.Distinct().Count());
    }

    [Fact]
    public async Task Requests_AsEveryCaller_AreAnsweredAsTheTableSays()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string> { ["Api:FailuresPerMinutePerAddress"] = "10000" },
        });
        using var callers = await Callers.CreateAsync(app);
        var endpoints = ProductSurface.Endpoints(app);
        var wrong = new List<string>();

        foreach (var row in AuthorisedRequests.All)
        {
            var endpoint = endpoints[row.Name].FirstOrDefault();
            foreach (var (method, caller) in MethodsOf(endpoint)
                .SelectMany(method => Enum.GetValues<Caller>().Select(caller => (method, caller))))
            {
                var verdict = await callers.AskAsync(caller, method, row, row.Path ?? PathOf(endpoint!));
                if (verdict != row.Answer(caller))
                {
                    var answered = verdict?.ToString() ?? "a server error";
                    wrong.Add($"{method} {row.Name} as {caller}: {answered} instead of {row.Answer(caller)}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>Blazor's own hub and files: without a session the hub opens circuits for nobody.</summary>
    [Fact]
    public async Task Framework_EveryEndpoint_IsScriptOrAsksForASession()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateClient();

        (await client.PostAsync("_blazor/negotiate?negotiateVersion=1", null,
            Stop)).Headers.Location?.OriginalString.ShouldStartWith("/Account/Login");
        (await client.GetAsync("_blazor?id=x", Stop)).Headers.Location?.OriginalString.ShouldStartWith("/Account/Login");
    }

    [Fact]
    public async Task Page_OfTheMatrix_IsWhatTheTablesSay()
    {
        var text = MatrixPage.Text();
        var isCurrent = File.Exists(MatrixPage.File()) && await File.ReadAllTextAsync(MatrixPage.File(), Stop) == text;
        if (!isCurrent)
        {
            await File.WriteAllTextAsync(MatrixPage.File(), text, Stop);
        }

        isCurrent.ShouldBeTrue($"{Table}AuthorisationMatrix.md was out of date and has been written anew: look at the change and commit it");
    }

    private static bool IsFramework(string name) =>
        name.Contains("/_blazor", StringComparison.Ordinal) || name.Contains("/_framework", StringComparison.Ordinal);

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint? endpoint) =>
        endpoint is null ? ["POST"]
        : ProductSurface.PageOf(endpoint) is null && ProductSurface.MethodsOf(endpoint) is { Count: > 0 } methods ? methods
        : ["GET"];

    private static string PathOf(RouteEndpoint endpoint) => $"/{Parameters().Replace(endpoint.RoutePattern.RawText!.Trim('/'), "999")}";

    // With arguments that mean nothing, whoever is admitted fails later or does nothing; who is not, must be refused first.
    private static async Task<bool> IsAdmittedAsync(NotifyAdminApp app, MethodInfo method, string? role)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var type = method.DeclaringType!;
        var service = scope.ServiceProvider.GetService(type)
            ?? type.GetInterfaces().Select(scope.ServiceProvider.GetService).First(found => found?.GetType() == type)!;
        var actor = new Actor($"matrix-{role}", "matrix@example.test", role, "test");
        var callable = method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeof(object)) : method;
        try
        {
            await FinishAsync(callable.Invoke(service,
                [.. callable.GetParameters().Select(parameter => ArgumentOf(parameter.ParameterType, actor))]));
            return true;
        }
        catch (Exception e)
        {
            return (e is TargetInvocationException { InnerException: { } inner } ? inner : e) is not NotPermittedException;
        }
    }

    private static object? ArgumentOf(Type type, Actor actor) =>
        type == typeof(Actor) ? actor
        : type == typeof(string) ? ""
        : type == typeof(CancellationToken) ? Stop
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private static async Task FinishAsync(object? result)
    {
        switch (result)
        {
            case Task task:
                await task;
                break;
            case null:
                break;
            // A sequence does nothing before it is asked for its first element.
            case not null when result.GetType().GetInterfaces()
                .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) is { } sequence:
                var element = sequence.GetMethod("GetAsyncEnumerator")!.Invoke(result, [Stop])!;
                await (ValueTask<bool>)typeof(IAsyncEnumerator<>).MakeGenericType(sequence.GenericTypeArguments)
                    .GetMethod("MoveNextAsync")!.Invoke(element, [])!;
                break;
            default:
                if (result.GetType().GetMethod("AsTask") is { } asTask)
                {
                    await (Task)asTask.Invoke(result, [])!;
                }

                break;
        }
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameters();
}
