using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Inhibitions;
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

    private protected KnownAccounts Accounts { get; } = new();

    private protected SourceService Sources => Services.GetRequiredService<SourceService>();

    private protected SourceFormService Forms => Services.GetRequiredService<SourceFormService>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var contexts = await _database.MigrateAsync(Stop);
        Services.AddSingleton(contexts);
        Services.AddSingleton((ProviderContextFactory)contexts);
        Services.AddLogging();
        Services.AddSingleton(new SecretProtector(new EphemeralDataProtectionProvider()));
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<ChangeFeed>();
        Services.AddSingleton<FormDraftService>();
        Services.AddSingleton<ProvisionedMarks>();
        Services.AddSingleton<EarlierEvents>();
        Services.AddInhibitions();
        Services.AddSingleton<AuditTrail>();
        Services.AddSingleton<IChannel>(Slack);
        Services.AddSingleton<IDeliveryDesk>(new QuietDesk { Channels = Slack.Channels });
        Services.AddSources();
        Services.AddSingleton<IAlertAccounts>(Accounts);
        Services.AddSingleton<Leases>();
        AddIntake();
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

    /// <summary>Posts what the source cannot map.</summary>
    /// <returns>The row of the event that keeps it.</returns>
    protected async Task<long> AddUnmappedAsync(int id, string body)
    {
        var source = (await Sources.FindAsync(id, Admin, Stop))!;
        var payload = SamplePayload.Pasted(body);
        using var document = payload.Parse();
        var intake = Services.GetRequiredService<EventIntake>();
        await intake.StartAsync(Stop);
        await intake.AcceptAsync([SourceEvents.OfUnmapped(source, new DefaultHttpContext().Request, Encoding.UTF8.GetBytes(body),
            Services.GetRequiredService<SourceMapper>().Map(source, source.Mapping, payload, document))]);
        return (await Services.GetRequiredService<UnmappedStore>().ListAsync(id, 0, 100, Stop))[^1];
    }

    // The real one, over this store.
    private void AddIntake()
    {
        Services.AddMetrics();
        Services.AddSingleton<FailureLog>();
        Services.AddSingleton<PatientContexts>();
        Services.AddSingleton(LanePatience.Default);
        Services.AddSingleton<DeliverySignal>();
        Services.AddSingleton<LaneCommits>();
        Services.AddSingleton<LaneWaker>();
        Services.AddSingleton<KnownHolds>();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(_database.Configuration.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
        Services.AddSingleton(DatabaseOptions.Read(configuration));
        Services.AddSingleton<EventTextIndex>();
        Services.AddSingleton<IdPages>();
        Services.AddEvents(configuration);
    }

    /// <summary>As the running product does it each second.</summary>
    protected async Task ReceiveAsync(int id, string body, MappingProblem? problem = null, bool isCut = false)
    {
        await Services.GetRequiredService<SourceStore>().AddActivityAsync(id, new SourceActivity.Seen(Now, null, null, 0,
            [new KeptPayload { SourceId = id, ReceivedAt = Now, ContentType = "application/json", Headers = "{}", Body = body, Accepted = 1,
                IsCut = isCut,
                Unmapped = problem is null ? 0 : 1, Problems = problem is null ? null : StoredReasons.Write([problem]) }]), Stop);
        Services.GetRequiredService<ChangeFeed>().Announce(ChangeAreas.Sources);
    }

    /// <summary>From now on the store fails at what needs this table.</summary>
    protected Task LoseAsync(string table) => _database.ExecuteAsync($"""ALTER TABLE "{table}" RENAME TO "Lost{table}" """);

    /// <summary>Accounts that are there and never asked.</summary>
    private protected sealed class KnownAccounts : IAlertAccounts
    {
        public List<AlertAccount> All { get; } = [new AlertAccount(4, "Production", 1)];

        public Task<IReadOnlyList<AlertAccount>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AlertAccount>>(All);

        public Task<AlertAnswer> CallAsync(int account, AlertCall call, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("No page calls the vendor.");
    }

    protected async Task RefuseAsync(int id, Reason reason)
    {
        await Services.GetRequiredService<SourceStore>().AddActivityAsync(id, new SourceActivity.Seen(null, Now, reason, 0, []), Stop);
        Services.GetRequiredService<ChangeFeed>().Announce(ChangeAreas.Sources);
    }
}
