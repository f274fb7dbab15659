using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Inhibitions;
using Notify.Admin.LiveForms;
using Notify.Admin.RuleSets;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.Testing;

/// <summary>Channels and deliveries, for tests that are about what happens to them rather than about their forms.</summary>
public static class TestChannels
{
    /// <summary>The sandbox's ready-made token and a channel that its bot is in.</summary>
    public const string SandboxToken = "xoxb-sandbox-token";

    /// <summary>Saves an integration that hears everything, unless <paramref name="shape"/> says otherwise.</summary>
    public static async Task<int> AddSlackIntegrationAsync(this NotifyAdminApp app, string channelId,
        Action<SlackIntegration>? shape = null, string token = SandboxToken)
    {
        var integration = new SlackIntegration
        {
            Name = $"Integration {channelId}",
            ChannelId = channelId,
            Token = app.Services.GetRequiredService<SecretProtector>().Protect(token),
            SlackNotify = true,
        };
        shape?.Invoke(integration);
        var audit = app.Services.GetRequiredService<AuditTrail>();
        var outcome = await app.Services.GetRequiredService<SlackIntegrationStore>().SaveAsync(
            integration, 0, saved => audit.Entry(Actor.System, "slack-integration.create",
            new AuditSubject("slack-integration", $"{saved.Id}", saved.Name)), CancellationToken.None);
        return outcome == StoreOutcome.Saved ? integration.Id
            : throw new InvalidOperationException($"Saving the integration ended as {outcome}.");
    }

    /// <summary>Changes a saved integration as a form would.</summary>
    public static async Task EditSlackIntegrationAsync(this NotifyAdminApp app, int id, Action<SlackIntegration> change)
    {
        var store = app.Services.GetRequiredService<SlackIntegrationStore>();
        var integration = await store.FindAsync(id, CancellationToken.None) ?? throw new InvalidOperationException("No such integration.");
        change(integration);
        var entry = app.Services.GetRequiredService<AuditTrail>()
            .Entry(Actor.System, "slack-integration.update", new AuditSubject("slack-integration", $"{id}", integration.Name));
        await store.SaveAsync(integration, integration.Version, _ => entry, CancellationToken.None);
    }

    /// <summary>Adds a rule set that an integration uses.</summary>
    public static async Task AddRuleSetAsync(this NotifyAdminApp app, string name, int integration)
    {
        const string Rules = """[{"name":"SecOps on call","conditions":[{"on":"severity","from":"high"},{"on":"asset","like":"sec-ops*"}]}]""";
        var saved = await app.Services.GetRequiredService<RuleSetService>().SaveAsync(
            null, new RuleSetFormModel { Name = name, Rules = Rules }, Actor.System, CancellationToken.None);
        await app.EditSlackIntegrationAsync(integration, slack => slack.RuleSets = $"{((Saved<RuleSetView>)saved).Stored.Id}");
    }

    /// <summary>Adds an inhibition of services while their host is down.</summary>
    public static async Task AddInhibitionAsync(this NotifyAdminApp app, string name) =>
        await app.Services.GetRequiredService<InhibitionService>().SaveAsync(null, new InhibitionFormModel
        {
            Name = name,
            Problems = """[{"conditions":[{"on":"severity","from":"critical"},{"on":"asset","like":"sec-ops*"}]}]""",
            Dependants = """[{"name":"SecOps on call","conditions":[{"on":"severity","from":"low"},{"on":"asset","like":"sec-ops*"}]}]""",
        }, Actor.System, CancellationToken.None);

    /// <summary>Every delivery, in order of creation.</summary>
    public static async Task<IReadOnlyList<Delivery>> DeliveriesAsync(this NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync();
        return await context.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync();
    }

    /// <summary>Waits until <paramref name="condition"/> holds of all deliveries.</summary>
    public static async Task<IReadOnlyList<Delivery>> WaitForDeliveriesAsync(
        this NotifyAdminApp app, Func<IReadOnlyList<Delivery>, bool> condition, TimeSpan? longest = null)
    {
        IReadOnlyList<Delivery> deliveries = [];
        try
        {
            await Eventually.HoldsAsync(async () => condition(deliveries = await app.DeliveriesAsync()),
                longest ?? TimeSpan.FromSeconds(60));
            return deliveries;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException("The deliveries stayed: "
                + string.Join(", ", deliveries.GroupBy(d => (d.State, d.Code)).Select(g => $"{g.Key} × {g.Count()}")));
        }
    }
}
