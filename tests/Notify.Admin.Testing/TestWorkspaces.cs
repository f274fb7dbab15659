using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.FunctionAccess;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.Testing;

/// <summary>Slack workspaces, for tests that are about what stands on them.</summary>
public static class TestWorkspaces
{
    public const string ConfigToken = "xoxe.xoxp-sandbox-config-token";
    public const string RefreshToken = "xoxe-sandbox-refresh-token";
    public const string AppToken = "xapp-1-A0SANDBOX1-sandbox-app-token";

    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    /// <summary>Adds one of the sandbox's, with its app configuration token unless <paramref name="configToken"/> is null.</summary>
    public static async Task<int> AddWorkspaceAsync(
        this NotifyAdminApp app,
        string name = "Sandbox",
        string botToken = TestChannels.SandboxToken,
        string? configToken = ConfigToken,
        string? refreshToken = RefreshToken,
        string? appToken = null)
    {
        var model = new SlackWorkspaceFormModel { Name = name, BotToken = botToken, ConfigToken = configToken,
            RefreshToken = configToken is null ? null : refreshToken, AppToken = appToken };
        var result = await app.Services.GetRequiredService<SlackWorkspaceService>().SaveAsync(null, model, Admin, CancellationToken.None);
        return result is Saved<SlackWorkspaceView> saved
            ? saved.Stored.Id : throw new InvalidOperationException($"Adding the workspace ended as {result}.");
    }

    /// <summary>Waits until the people of a workspace have been read.</summary>
    public static Task WaitForPeopleAsync(this NotifyAdminApp app, int workspaceId) => Eventually.HoldsAsync(
        async () => await app.Services.GetRequiredService<SlackDirectory>()
        .StateAsync(workspaceId, CancellationToken.None) is { CompletedAt: not null },
        TimeSpan.FromSeconds(30));

    /// <summary>Manages a function of the first workspace.</summary>
    /// <returns>Its id here.</returns>
    public static async Task<int> AddFunctionAsync(this NotifyAdminApp app, string functionId, string name = "Create report")
    {
        var result = await app.Services.GetRequiredService<FunctionAccessService>()
            .AddAsync(1, name, new FunctionName(functionId, null, null), Admin, CancellationToken.None);
        return result is FunctionAddResult.Added added ? added.Function.Id
            : throw new InvalidOperationException($"Adding the function ended as {result}.");
    }
}
