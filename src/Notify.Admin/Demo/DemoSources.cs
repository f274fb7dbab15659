using System.Text;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Sources;

namespace Notify.Admin.Demo;

/// <summary>Sources of three sorts, each with what its tool might have posted: a bound one, one whose posts are signed, and one with a
/// mapping of its own.</summary>
internal sealed class DemoSources(
    IDbContextFactory<NotifyDbContext> contexts, SourceService sources, SourceIntake intake, TimeProvider time)
{
    public async Task AddAsync(CancellationToken cancellationToken)
    {
        var alerts = await ChannelAsync(cancellationToken);
        await AddAsync(new SourceDraft { Name = "Prometheus alerts", Kind = "alertmanager", Channels = [alerts] },
            DemoPayloads.Alertmanager(time.GetUtcNow()), [], cancellationToken);
        await AddAsync(
            new SourceDraft
            {
                Name = "GitHub acme", Kind = "github", Proof = SourceProof.Hmac, Secret = SourceAddress.NewKey(),
                SignatureHeader = SourceSetup.SignatureHeader,
            },
            DemoPayloads.GitHub, [("X-GitHub-Event", "dependabot_alert"), ("X-GitHub-Delivery", "demo-1")], cancellationToken);
        await AddAsync(new SourceDraft { Name = "Nightly backups", Kind = "generic", Mapping = DemoPayloads.BackupMapping },
            DemoPayloads.Backups(time.GetUtcNow()), [], cancellationToken);
    }

    private async Task AddAsync(SourceDraft draft, string payload, (string Name, string Value)[] headers,
        CancellationToken cancellationToken)
    {
        var made = await sources.CreateAsync(draft, Actor.System, cancellationToken);
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        await intake.TakeMappedAsync(made.Source!, request, Encoding.UTF8.GetBytes(payload));
    }

    private async Task<ChannelKey> ChannelAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new ChannelKey(ChannelKind.Slack,
            await context.SlackIntegrations.OrderBy(slack => slack.Id).Select(slack => slack.Id).FirstAsync(cancellationToken));
    }
}
