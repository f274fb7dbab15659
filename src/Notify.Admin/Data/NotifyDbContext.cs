using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Notify.Admin.Accounts;
using Notify.Admin.Audit;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Channels;
using Notify.Admin.Inhibitions;
using Notify.Admin.LiveForms;
using Notify.Admin.LivePages;
using Notify.Admin.RuleSets;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Sources;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.Data;

/// <summary>The one model of the store. Each provider has a subclass, so that it owns its migrations.</summary>
public abstract class NotifyDbContext(DbContextOptions options) : IdentityDbContext<AdminUser, IdentityRole, string>(options)
{
    /// <summary>Nobody waits for what this context writes; see <see cref="PatientContexts"/>.</summary>
    internal bool IsPatient { get; set; }

    /// <summary>It is part of a <see cref="SharedTransaction"/>, whose turn to write is its own.</summary>
    internal bool IsJoined { get; set; }

    /// <summary>Those that are prepared on its connection already, where that stays open (<see cref="SqliteStatements.KeepOn"/>); null
    /// where it goes back to others. They end with the context.</summary>
    internal SqliteStatements? Statements { get; set; }

    /// <summary>Called once, when whoever has the context now disposes of it.</summary>
    internal Action? Ended { get; set; }

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<AccessKeyPair> AccessKeyPairs => Set<AccessKeyPair>();

    public DbSet<UserSession> UserSessions => Set<UserSession>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<RequestNonce> RequestNonces => Set<RequestNonce>();

    public DbSet<FormDraft> FormDrafts => Set<FormDraft>();

    public DbSet<PersonChoice> PersonChoices => Set<PersonChoice>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditChain> AuditChain => Set<AuditChain>();

    public DbSet<ProblemMessage> ProblemMessages => Set<ProblemMessage>();

    public DbSet<Acknowledgement> Acknowledgements => Set<Acknowledgement>();

    public DbSet<SlackIntegration> SlackIntegrations => Set<SlackIntegration>();

    public DbSet<SlackWorkspace> SlackWorkspaces => Set<SlackWorkspace>();

    public DbSet<SlackPerson> SlackPeople => Set<SlackPerson>();

    public DbSet<SlackTeam> SlackTeams => Set<SlackTeam>();

    public DbSet<DirectoryReading> DirectoryReadings => Set<DirectoryReading>();

    public DbSet<SocketLink> SocketLinks => Set<SocketLink>();

    public DbSet<ManagedFunction> ManagedFunctions => Set<ManagedFunction>();

    public DbSet<AccessRun> AccessRuns => Set<AccessRun>();

    public DbSet<DingTalkChatbot> DingTalkChatbots => Set<DingTalkChatbot>();

    public DbSet<AssetGroup> AssetGroups => Set<AssetGroup>();

    public DbSet<IncomingEvent> Events => Set<IncomingEvent>();

    public DbSet<ReplacedEvent> ReplacedEvents => Set<ReplacedEvent>();

    public DbSet<RuleSet> RuleSets => Set<RuleSet>();

    public DbSet<Inhibition> Inhibitions => Set<Inhibition>();

    public DbSet<OpenProblem> OpenProblems => Set<OpenProblem>();

    public DbSet<Source> Sources => Set<Source>();

    public DbSet<MappingVersion> MappingVersions => Set<MappingVersion>();

    public DbSet<KeptPayload> KeptPayloads => Set<KeptPayload>();

    public DbSet<SourcePoll> SourcePolls => Set<SourcePoll>();

    public DbSet<VendorAccount> VendorAccounts => Set<VendorAccount>();

    public DbSet<ChannelLink> ChannelLinks => Set<ChannelLink>();

    public DbSet<PublishRun> PublishRuns => Set<PublishRun>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<MessageDelivery> MessageDeliveries => Set<MessageDelivery>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<Pause> Pauses => Set<Pause>();

    public DbSet<ProblemMute> ProblemMutes => Set<ProblemMute>();

    public DbSet<MaintenanceWindow> MaintenanceWindows => Set<MaintenanceWindow>();

    public DbSet<ChannelLane> ChannelLanes => Set<ChannelLane>();

    public DbSet<PacingSlot> PacingSlots => Set<PacingSlot>();

    public DbSet<PacingBudget> PacingBudgets => Set<PacingBudget>();

    public DbSet<RepeatCounter> RepeatCounters => Set<RepeatCounter>();

    public DbSet<ChannelOutage> ChannelOutages => Set<ChannelOutage>();

    public DbSet<NamedLease> NamedLeases => Set<NamedLease>();

    public DbSet<ProvisionedFile> ProvisionedFiles => Set<ProvisionedFile>();

    public DbSet<ProvisionedObject> ProvisionedObjects => Set<ProvisionedObject>();

    public DbSet<FileComments> FileComments => Set<FileComments>();

    public DbSet<ChangeVersion> ChangeVersions => Set<ChangeVersion>();

    public DbSet<ServerSetting> ServerSettings => Set<ServerSetting>();

    public DbSet<StoredKey> StoredKeys => Set<StoredKey>();

    /// <summary>With passkeys.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    public override void Dispose()
    {
        // What waits for the end is taken first: once disposed, a pooled context may already be in other hands.
        var ended = TakeEnded();
        EndStatements();
        base.Dispose();
        GC.SuppressFinalize(this);
        ended?.Invoke();
    }

    public override async ValueTask DisposeAsync()
    {
        var ended = TakeEnded();
        EndStatements();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        ended?.Invoke();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(NotifyDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot order a DateTimeOffset; ticks of UTC order everywhere and keep their precision everywhere.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<ProtectedString>().HaveConversion<ProtectedStringConverter>().HaveMaxLength(4000);
        configurationBuilder.Properties<DeliveryPolicy>().HaveConversion<DeliveryPolicyConverter>().HaveMaxLength(2000);
    }

    // The connection may go back to where others take theirs from.
    private void EndStatements()
    {
        Statements?.Dispose();
        Statements = null;
    }

    private Action? TakeEnded()
    {
        var ended = Ended;
        Ended = null;
        return ended;
    }

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
        value => value.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class DeliveryPolicyConverter() : ValueConverter<DeliveryPolicy, string>(
        value => value.ToColumn(), column => DeliveryPolicy.FromColumn(column));

    private sealed class ProtectedStringConverter() : ValueConverter<ProtectedString, string>(
        value => value.ToColumn(), column => ProtectedString.FromColumn(column));
}
