using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.Inhibitions;
using Notify.Admin.Rules;
using Notify.Admin.RuleSets;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.Demo;

/// <summary>Gives an empty store channels and access lists that exist in the sandbox, people of each role, and then events, some of
/// them through sources. The first Admin comes from <c>appsettings.Demo.json</c>. What it adds can be changed and deleted like anything
/// else; it is not added again.</summary>
internal sealed class DemoSeeder(
    IDbContextFactory<NotifyDbContext> contexts, ChangeFeed changes, SecretProtector protector, Fingerprints fingerprints, AuditTrail audit,
    DemoAccess access, DemoAccounts accounts, DemoPauses pauses, DemoPeople people, DemoSources sources, EventIntake intake,
    IOptions<DingTalkOptions> dingTalk, TimeProvider time, ILogger<DemoSeeder> logger) : BackgroundService
{
    private const string Snoozed = "Finished scans";

    private const string Production = "prod";

    private const string GroupSeven =
        """[{"name":"Web servers","conditions":[{"on":"severity","from":"high"},{"on":"group","oneOf":["7"]}]}]""";

    private const string Monitoring =
        """[{"name":"Monitoring","conditions":[{"on":"kind","oneOf":["alertmanager.alert","grafana.alert"]},{"on":"state","oneOf":["opened"]}]}]""";

    private const string Databases =
        """[{"name":"Database servers","conditions":[{"on":"severity","from":"medium"},{"on":"asset","like":"db-*"}]}]""";

    private const string HostsDown =
        """[{"name":"A host is down","conditions":[{"on":"kind","oneOf":["alertmanager.alert"]},{"on":"text","contains":"host down"}]}]""";

    private const string OnHosts =
        """[{"name":"What runs on it","conditions":[{"on":"kind","oneOf":["alertmanager.alert"]},{"on":"state","oneOf":["opened"]}]}]""";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await AddChannelsAsync(stoppingToken))
        {
            return;
        }

        await people.AddAsync();
        await pauses.AddAsync(Snoozed, Production, stoppingToken);
        var reading = CloudEventReader.Read("application/cloudevents-batch+json", new HeaderDictionary(),
            DemoEvents.Batch(time.GetUtcNow()));
        await intake.AcceptAsync(reading.Events);
        await sources.AddAsync(stoppingToken);
        logger.LogInformation("Added examples: log in as demo@example.com; the password is in appsettings.Demo.json");
    }

    private async Task<bool> AddChannelsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.SlackIntegrations.AnyAsync(cancellationToken) || await context.DingTalkChatbots.AnyAsync(cancellationToken)
            || await context.Events.AnyAsync(cancellationToken))
        {
            return false;
        }

        var presets = RulePresets.All.ToDictionary(preset => preset.Id, preset => preset.List.Json);
        var scans = Slack(Snoozed, "C0SECOPS01", "sec-ops",
            slack =>
            {
                (slack.SlackCompleteAborted, slack.SlackAvgThreat, slack.OwnRules) = (true, SlackAvgThreat.Medium, GroupSeven);
                slack.Tags = ChannelTags.Write(["scans"]);
            });
        var intrusions = await DingTalkAsync("Intrusions 入侵告警", "sandboxkeyword", presets["intrusions"],
            bot => (bot.Keyword, bot.Tags) = ("Notify", ChannelTags.Write([Production, "soc"])), cancellationToken);
        context.SlackIntegrations.AddRange(
            Slack("Security alerts", "C0ALERTS01", "alerts",
            slack => (slack.SlackNotify, slack.FollowUp, slack.Tags) = (true, FollowUp.Update, ChannelTags.Write([Production, "soc"]))),
            scans,
            // The bot is not in this channel: its deliveries are held, and the pages say what to do.
            Slack("Scan starts", "C0GENERAL1", "general",
            slack =>
            {
                (slack.SlackStartFromSchedule, slack.SlackStartFromQueue) = (true, true);
                slack.Tags = ChannelTags.Write(["scans"]);
            }));
        context.DingTalkChatbots.AddRange(
            intrusions,
            await DingTalkAsync("Urgent only", "sandboxsigned", presets["critical-and-high"], bot =>
            {
                (bot.SecurityMode, bot.Language, bot.IntervalMinutes) = (RobotSecurityMode.Signature, DingTalkLanguage.En, 1);
                bot.OwnRules = Monitoring;
                bot.Tags = ChannelTags.Write([Production]);
                bot.Secret = protector.Protect("SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
            }, cancellationToken));
        context.AuditEntries.Add(audit.Entry(Actor.System, "demo.seed", new AuditSubject("demo", null, "Examples")));
        await changes.ChangeInTurnAsync(context, ChangeAreas.Channels, async () =>
        {
            var set = new RuleSet
            {
                Name = "Databases", Rules = Databases, CreatedAt = time.GetUtcNow(), ChangedAt = time.GetUtcNow(),
                ChangedBy = Actor.System.Name, Version = 1,
            };
            context.RuleSets.Add(set);
            context.Inhibitions.Add(new Inhibition
            {
                Name = "Hosts", Problems = HostsDown, Dependants = OnHosts, CreatedAt = time.GetUtcNow(), ChangedAt = time.GetUtcNow(),
                ChangedBy = Actor.System.Name, Version = 1,
            });
            await context.SaveChangesAsync(cancellationToken);
            scans.RuleSets = intrusions.RuleSets = RuleSetIds.Write([set.Id]);
            await access.AddAsync(context, cancellationToken);
            await accounts.AddAsync(context, intrusions, cancellationToken);
            return true;
        }, cancellationToken);
        return true;
    }

    private SlackIntegration Slack(string name, string channelId, string channelName, Action<SlackIntegration> shape)
    {
        var now = time.GetUtcNow();
        var integration = new SlackIntegration
        {
            Name = name, ChannelId = channelId, ChannelName = channelName, Token = protector.Protect("xoxb-sandbox-token"),
            CreatedAt = now, ChangedAt = now, ChangedBy = Actor.System.Name, Version = 1,
        };
        shape(integration);
        return integration;
    }

    private async Task<DingTalkChatbot> DingTalkAsync(
        string name, string token, string rules, Action<DingTalkChatbot> shape, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var robot = dingTalk.Value.EffectiveWebhooks[0];
        var chatbot = new DingTalkChatbot
        {
            Name = name, WebhookBase = robot, AccessToken = protector.Protect(token), ConfigList = rules,
            Fingerprint = await fingerprints.OfAsync(new WebhookUrl(new Uri(robot), token).Identity, cancellationToken),
            CreatedAt = now, ChangedAt = now, ChangedBy = Actor.System.Name, Version = 1,
        };
        shape(chatbot);
        return chatbot;
    }
}
