using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Slack;
using Notify.Sandbox;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.FunctionAccess;

/// <summary>The convergence against a sandbox, without a store.</summary>
public sealed class ConvergenceFixture : IAsyncLifetime
{
    private SandboxServer? _sandbox;
    private ServiceProvider? _services;

    public SandboxServer Sandbox => _sandbox!;

    internal FunctionAccessOptions Options { get; } = new() { RetryDelay = TimeSpan.Zero, CallsPerMinute = 1_000_000, UsersPerCall = 2 };

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Urls = "http://127.0.0.1:0", Seed = 5 });
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Slack:ApiUrl", _sandbox.SlackApiUrl.AbsoluteUri)])
            .Build();
        _services = new ServiceCollection().AddLogging().AddSlack(configuration).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _sandbox!.DisposeAsync();
    }

    internal AccessList Read(string functionId)
    {
        var function = Sandbox.Slack.Functions.Find(functionId)!;
        return AccessList.Of(
            function.PermissionType, function.PermissionType == PermissionTypes.AppCollaborators
            ? function.Collaborators : function.UserIds, function.TeamIds, function.OrgIds);
    }

    /// <summary>Has the sandbox hold a list.</summary>
    internal void Write(string functionId, AccessList list) => Sandbox.Slack.Functions.Put(new SandboxFunction
    {
        Id = functionId, CallbackId = functionId, PermissionType = list.PermissionType, Collaborators = [SlackSeeds.PersonId(1)],
        UserIds = [.. list.NamedUsers.Select(user => user.UserId)], TeamIds = list.NamedTeams, OrgIds = list.NamedOrgs,
    });

    internal static AccessJob Job(string functionId, AccessList wanted, string? basis = null, AccessList? before = null,
        List<AccessStep>? steps = null, Func<Task>? save = null) => new()
    {
        WorkspaceId = 1, Function = new FunctionName(functionId, null, null), Wanted = wanted, Basis = basis, Before = before,
            Steps = steps ?? [],
        TokenAsync = _ => Task.FromResult<(string?, string?)>((SlackSeeds.ConfigurationToken, null)),
        SaveAsync = _ => save?.Invoke() ?? Task.CompletedTask,
    };

    internal Task<AccessOutcome> RunAsync(AccessJob job)
    {
        var options = new Monitor(Options);
        var caller = new AccessCaller(
            new FunctionPermissionsClient(_services!.GetRequiredService<SlackClient>()), new AccessPace(options, TimeProvider.System),
            options, TimeProvider.System);
        return new AccessConvergence(caller, options).RunAsync(job, TestContext.Current.CancellationToken);
    }

    private sealed class Monitor(FunctionAccessOptions value) : IOptionsMonitor<FunctionAccessOptions>
    {
        public FunctionAccessOptions CurrentValue => value;

        public FunctionAccessOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<FunctionAccessOptions, string?> listener) => null;
    }
}
