using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>A store with channels, for programs that run as processes of their own.</summary>
internal static class ProofStore
{
    /// <summary>Slack channels of the sandbox that hear everything, without pacing.</summary>
    public static async Task PrepareAsync(TestDatabase database, SandboxServer sandbox, int channels,
        Action<SlackIntegration>? shape = null)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Database = database, Sandbox = sandbox });
        for (var i = 0; i < channels; i++)
        {
            var id = $"C0PROOF{i:d3}";
            sandbox.Slack.Channels.Put(new SandboxChannel { Id = id, Name = $"proof-{i}", Members = [SlackSeeds.BotUserId] });
            await app.AddSlackIntegrationAsync(id, shape);
        }
    }

    public static NotifyAdminProcess Start(TestDatabase database, SandboxServer sandbox) => NotifyAdminProcess.Start(
        [.. database.Configuration, new("Slack:ApiUrl", sandbox.SlackApiUrl.AbsoluteUri), new("Delivery:SlackPerSecond", "0")]);

    /// <summary>As twenty seconds after a kill: nobody holds a channel any more. How long that takes without this is for
    /// <see cref="ManyInstancesTests"/>.</summary>
    public static Task LeasesRunOutAsync(TestDatabase database) =>
        database.ExecuteAsync("""UPDATE "ChannelLanes" SET "LeaseUntil" = 0 WHERE "LeaseToken" IS NOT NULL""");

    public static IDbContextFactory<NotifyDbContext> Contexts(TestDatabase database) => new ProviderContextFactory(
        new DatabaseOptions { Provider = database.Provider, ConnectionString = database.ConnectionString,
        DataDirectory = database.DataDirectory });
}
