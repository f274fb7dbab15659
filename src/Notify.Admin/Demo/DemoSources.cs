using System.Text;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Sources;

namespace Notify.Admin.Demo;

/// <summary>A source of each kind, the usual ones with what their tools might have posted. Their addresses are as public as the demo's
/// password: the sandbox has a button for each.</summary>
internal sealed class DemoSources(IDbContextFactory<NotifyDbContext> contexts, SourceService sources, SourceDirectory directory,
    SourceIntake intake, RobotIntake robots, TimeProvider time)
{
    private const string GitHubSecret = "demo-github-secret";

    public async Task AddAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var alerts = await ChannelAsync(cancellationToken);
        await PostAsync(Draft("Prometheus alerts", "alertmanager") with { Channels = [alerts] }, DemoPayloads.Alertmanager(now), []);
        await PostAsync(
            Draft("GitHub acme", "github") with
            {
                Proof = SourceProof.Hmac, Secret = GitHubSecret, SignatureHeader = SourceSetup.SignatureHeader,
            },
            DemoPayloads.GitHub, [("X-GitHub-Event", "dependabot_alert"), ("X-GitHub-Delivery", "demo-1")]);
        await PostAsync(Draft("Nightly backups", "generic") with { Mapping = DemoPayloads.BackupMapping }, DemoPayloads.Backups(now), []);
        await PostAsync(Draft("Grafana of the shop", "grafana") with { Channels = [alerts] }, DemoPayloads.Grafana(now), []);
        await PostAsync(Draft("Falco, production", "falcosidekick"), DemoPayloads.Falco(now), []);
        await PostAsync(Draft("Jenkins builds", SourceKinds.SlackWebhook) with { Channels = [alerts] }, DemoPayloads.SlackMessage, []);
        await PostAsync(Draft("SonarQube gates", SourceKinds.DingTalkRobot) with { Channels = [alerts] }, DemoPayloads.DingTalkMessage, []);
        // Sources of the other kinds wait for their first payload.
        foreach (var setup in SourceSetup.All.Where(setup => !setup.IsPolled && !DraftedKinds.Contains(setup.Kind)))
        {
            await CreateAsync(Draft(setup.Tool, setup.Kind), cancellationToken);
        }

        async Task PostAsync(SourceDraft draft, string payload, (string Name, string Value)[] headers)
        {
            var source = await CreateAsync(draft, cancellationToken);
            var request = new DefaultHttpContext().Request;
            request.ContentType = "application/json";
            foreach (var (name, value) in headers)
            {
                request.Headers[name] = value;
            }

            var body = Encoding.UTF8.GetBytes(payload);
            await (SourceKinds.IsRobot(source.Kind) ? robots.TakeMessageAsync(source, request, body)
                : intake.TakeMappedAsync(source, request, body));
        }
    }

    private static IReadOnlyList<string> DraftedKinds { get; } =
        ["alertmanager", "github", "generic", "grafana", "falcosidekick", SourceKinds.SlackWebhook, SourceKinds.DingTalkRobot];

    private static SourceDraft Draft(string name, string kind) => new() { Name = name, Kind = kind };

    private static string KeyOf(string kind) => kind == SourceKinds.SlackWebhook ? $"TDEMO/BDEMO/demo-{kind}" : $"demo-{kind}";

    private async Task<Source> CreateAsync(SourceDraft draft, CancellationToken cancellationToken)
    {
        var source = (await sources.CreateAsync(draft, Actor.System, cancellationToken)).Source!;
        var key = KeyOf(source.Kind);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Sources.Where(s => s.Id == source.Id).ExecuteUpdateAsync(set => set
            .SetProperty(s => s.KeyHash, SourceAddress.Hash(key)).SetProperty(s => s.KeyLastFour, key[^4..]), cancellationToken);
        directory.Forget();
        return source;
    }

    private async Task<ChannelKey> ChannelAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new ChannelKey(ChannelKind.Slack,
            await context.SlackIntegrations.OrderBy(slack => slack.Id).Select(slack => slack.Id).FirstAsync(cancellationToken));
    }
}
