namespace Notify.Sandbox.Slack;

/// <summary>What a sandbox's Slack starts with: enough that every outcome can be tried at once.</summary>
public static class SlackSeeds
{
    public const string TeamId = "T0SANDBOX1";
    public const string OtherTeamId = "T0SANDBOX2";
    public const string OrganisationId = "E0SANDBOX1";
    public const string AppId = "A0SANDBOX1";
    public const string BotUserId = "U0NOTIFYBT";
    public const string BotId = "B0NOTIFYBT";

    /// <summary>May post where it is a member, and look up channels and people.</summary>
    public const string BotToken = "xoxb-sandbox-token";

    /// <summary>As <see cref="BotToken"/>, and may post in public channels without joining.</summary>
    public const string PublicBotToken = "xoxb-sandbox-public-token";

    /// <summary>May look up but not post, nor see e-mail addresses.</summary>
    public const string ReadOnlyToken = "xoxb-sandbox-readonly-token";
    public const string RevokedToken = "xoxb-sandbox-revoked-token";
    public const string ExpiredToken = "xoxe.xoxb-sandbox-expired-token";

    /// <summary>Installed for the whole organisation, so lists need <c>team_id</c>.</summary>
    public const string OrgToken = "xoxb-sandbox-org-token";

    /// <summary>For access lists; ends 12 hours after the start or reset.</summary>
    public const string ConfigurationToken = "xoxe.xoxp-sandbox-config-token";
    public const string RefreshToken = "xoxe-sandbox-refresh-token";

    /// <summary>For Socket Mode.</summary>
    public const string AppToken = "xapp-1-A0SANDBOX1-sandbox-app-token";
    public const string RevokedAppToken = "xapp-1-A0SANDBOX1-revoked-app-token";

    public const string Joined = "C0ALERTS01";
    public const string NotJoined = "C0GENERAL1";
    public const string PrivateInvited = "C0INCIDENT";
    public const string PrivateNotInvited = "C0LEADERS1";
    public const string Archived = "C0OLDPROJ1";
    public const string Restricted = "C0ANNOUNCE";

    public const string NamedFunction = "Fn0REPORT01";
    public const string CollaboratorsFunction = "Fn0NOTIFY01";
    public const string EveryoneFunction = "Fn0LOOKUP01";
    public const string SystemFunction = "Fn0SYSTEM01";
    public const string ForeignFunction = "Fn0FOREIGN1";

    private static readonly string[] BotScopes =
        ["chat:write", "channels:read", "groups:read", "channels:join", "users:read", "users:read.email", "team:read"];

    private static readonly string[] People =
    [
        "Alice Nguyen", "Bob Martin", "Carla Rossi", "David Okafor", "Emma Fischer", "Farid Haddad", "Grace Kim", "Hugo Silva",
            "Ines Costa", "Jack Murphy",
        "Wang Wei", "Li Na", "Zhang Min", "Liu Yang", "Chen Jing", "Yang Fan", "Zhao Lei", "Huang Ting", "Zhou Qiang", "Wu Xia",
        "Kenji Sato", "Lena Novak", "Marek Kowalski", "Nadia Petrova", "Omar Farouk", "Priya Sharma", "Quentin Leroy", "Rosa Jimenez",
    ];

    internal static IReadOnlyList<SandboxUser> Users { get; } =
    [
        .. People.Select((name, index) => new SandboxUser
        {
            Id = PersonId(index + 1),
            Name = name.ToLowerInvariant().Replace(' ', '.'),
            RealName = name,
            DisplayName = name.Split(' ')[0],
            Email = $"{name.ToLowerInvariant().Replace(' ', '.')}@example.com",
            Tz = index is >= 10 and < 20 ? "Asia/Shanghai" : "Europe/Amsterdam",
            IsAdmin = index == 0,
            IsRestricted = index == 27,
        }),
        new() { Id = "U0FORMER01", Name = "sam.former", RealName = "Sam Former", Email = "sam.former@example.com", Deleted = true },
        new() { Id = BotUserId, Name = "notify", RealName = "Notify", IsBot = true, IsAppUser = true },
        new() { Id = "USLACKBOT", Name = "slackbot", RealName = "Slackbot" },
        new() { Id = "U0LABS0001", TeamId = OtherTeamId, Name = "lina.labs", RealName = "Lina Labs", Email = "lina.labs@example.com" },
    ];

    internal static IReadOnlyList<SandboxTeam> Teams { get; } =
    [
        new() { Id = TeamId, Name = "Sandbox", Domain = "sandbox", EnterpriseId = OrganisationId },
        new() { Id = OtherTeamId, Name = "Sandbox Labs", Domain = "sandbox-labs", EnterpriseId = OrganisationId },
    ];

    internal static IReadOnlyList<SandboxOrganisation> Organisations { get; } =
    [
        new() { Id = OrganisationId, Name = "Sandbox Group" },
        new() { Id = "E0PARTNER1", Name = "Partner Group" },
    ];

    internal static IReadOnlyList<SandboxChannel> Channels { get; } =
    [
        new() { Id = Joined, Name = "alerts", Topic = "What the scanners found", Members = [BotUserId, PersonId(1), PersonId(2)] },
        new() { Id = "C0SECOPS01", Name = "sec-ops", Members = [BotUserId, PersonId(1), PersonId(3)] },
        new() { Id = NotJoined, Name = "general", IsGeneral = true, Topic = "Everyone, everything",
            Members = [.. Enumerable.Range(1, 28).Select(PersonId)] },
        new() { Id = "C0RANDOM01", Name = "random", Members = [PersonId(4), PersonId(5)] },
        new() { Id = PrivateInvited, Name = "incidents", IsPrivate = true, Members = [BotUserId, PersonId(1)] },
        new() { Id = PrivateNotInvited, Name = "leadership", IsPrivate = true, Members = [PersonId(1), PersonId(5)] },
        new() { Id = Archived, Name = "old-project", IsArchived = true, Members = [BotUserId] },
        new() { Id = Restricted, Name = "announcements", Topic = "Admins post here", Members = [BotUserId, PersonId(1)],
            PostError = "restricted_action" },
        .. new[] { "platform", "mobile", "web", "data", "payments", "support", "network", "identity" }.Select((team, index) =>
            new SandboxChannel { Id = $"C0TEAM{index + 1:D4}", Name = $"team-{team}", Members = [PersonId(index + 6)] }),
        new() { Id = "C0LABS0001", Name = "labs-alerts", TeamId = OtherTeamId, Members = ["U0LABS0001"] },
    ];

    internal static IReadOnlyList<SandboxFunction> Functions { get; } =
    [
        new() { Id = CollaboratorsFunction, CallbackId = "notify_on_call", Title = "Notify on-call",
            Collaborators = [PersonId(1), PersonId(2)] },
        new()
        {
            Id = NamedFunction, CallbackId = "create_report", Title = "Create report", Collaborators = [PersonId(1)],
            PermissionType = SandboxFunction.NamedEntities, UserIds = [PersonId(1), PersonId(3), PersonId(11)], TeamIds = [TeamId],
        },
        new() { Id = EveryoneFunction, CallbackId = "look_up_asset", Title = "Look up asset", PermissionType = SandboxFunction.Everyone,
            Collaborators = [PersonId(1)] },
        new() { Id = SystemFunction, CallbackId = "built_in", Title = "Built in", PermissionType = SandboxFunction.System },
        new() { Id = ForeignFunction, CallbackId = "not_yours", Title = "Somebody else's", AppId = "A0FOREIGN1",
            Managers = [PersonId(20)] },
    ];

    /// <summary>The id of the n-th seeded person, from 1.</summary>
    public static string PersonId(int number) => $"U0PERSON{number:D2}";

    internal static IReadOnlyList<SandboxToken> Tokens(DateTimeOffset now) =>
    [
        new() { Token = BotToken, BotId = BotId, Scopes = BotScopes },
        new() { Token = PublicBotToken, BotId = BotId, Scopes = [.. BotScopes, "chat:write.public"] },
        new() { Token = ReadOnlyToken, BotId = BotId, Scopes = ["channels:read", "users:read"] },
        new() { Token = RevokedToken, BotId = BotId, Scopes = BotScopes, Error = "token_revoked" },
        new() { Token = ExpiredToken, BotId = BotId, Scopes = BotScopes, ExpiresAt = now },
        new() { Token = OrgToken, BotId = BotId, Scopes = BotScopes, IsOrg = true },
        new()
        {
            Token = ConfigurationToken, Kind = TokenKind.Configuration, UserId = PersonId(1), RefreshToken = RefreshToken,
            Scopes = ["app_configurations:read", "app_configurations:write"], ExpiresAt = now + ToolingMethods.Lifetime,
        },
        new() { Token = AppToken, Kind = TokenKind.AppLevel, Scopes = ["connections:write"] },
        new() { Token = RevokedAppToken, Kind = TokenKind.AppLevel, Scopes = ["connections:write"], Error = "invalid_auth" },
    ];
}
