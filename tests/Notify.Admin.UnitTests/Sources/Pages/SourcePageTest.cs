using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Sources;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.Sources.Pages;

/// <summary>A page of sources over its real services and a real store; only the channels are pretended.</summary>
public abstract class SourcePageTest : ComponentTest, IAsyncLifetime
{
    protected static readonly Actor Admin = new("1", "admin@example.test", Roles.Admin, "test");

    private TestDatabase _database = null!;

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    protected PretendChannel Slack { get; } = new(ChannelKind.Slack);

    private protected SourceService Sources => Services.GetRequiredService<SourceService>();

    private protected SourceFormService Forms => Services.GetRequiredService<SourceFormService>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        Services.AddSingleton(await _database.MigrateAsync(Stop));
        Services.AddLogging();
        Services.AddSingleton(new SecretProtector(new EphemeralDataProtectionProvider()));
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<ChangeFeed>();
        Services.AddSingleton<FormDraftService>();
        Services.AddSingleton<AuditTrail>();
        Services.AddSingleton<IChannel>(Slack);
        Services.AddSingleton<IDeliveryDesk>(new QuietDesk { Channels = Slack.Channels });
        Services.AddSources();
        Slack.Channels.Add(new ChannelName(new ChannelKey(ChannelKind.Slack, 7), "Security alerts", true));
        this.AddAuthorization().SetAuthorized(Admin.Name).SetRoles(Roles.Admin);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<int> AddAsync(string kind = "alertmanager", SourceProof proof = SourceProof.Key) =>
        (await Sources.CreateAsync(new SourceDraft
        {
            Name = "Ops", Kind = kind, Proof = proof, Secret = proof == SourceProof.Key ? null : "a secret of the test",
            SignatureHeader = proof == SourceProof.Hmac ? SourceSetup.SignatureHeader : null,
        }, Admin, Stop)).Source!.Id;

    /// <summary>As the running product does it each second.</summary>
    protected async Task ReceiveAsync(int id, string body, string? problems = null)
    {
        await Services.GetRequiredService<SourceStore>().AddActivityAsync(id, new SourceActivity.Seen(Now, null, null, 0,
            [new KeptPayload { SourceId = id, ReceivedAt = Now, ContentType = "application/json", Headers = "{}", Body = body, Accepted = 1,
                Unmapped = problems is null ? 0 : 1, Problems = problems }]), Stop);
        Services.GetRequiredService<ChangeFeed>().Announce(ChangeAreas.Sources);
    }

    protected async Task RefuseAsync(int id, string reason)
    {
        await Services.GetRequiredService<SourceStore>().AddActivityAsync(id, new SourceActivity.Seen(null, Now, reason, 0, []), Stop);
        Services.GetRequiredService<ChangeFeed>().Announce(ChangeAreas.Sources);
    }
}
