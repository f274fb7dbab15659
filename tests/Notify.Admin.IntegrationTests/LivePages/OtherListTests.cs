using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Accounts;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Sources;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.LivePages;

/// <summary>Sources, access lists and people are narrowed, sorted and paged by the database, as channels are.</summary>
public sealed class OtherListTests
{
    private static readonly Actor Admin = new("u1", "admin@example.test", Roles.Admin, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Sources_AreSearchedByNameToolAndChannel_FilteredByState_AndSorted(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var channel = await app.AddSlackIntegrationAsync("C0LISTED01", slack => slack.Name = "Pager of ops");
        await app.AddSlackIntegrationAsync("C0LISTED02", slack => slack.Name = "Elsewhere");
        var sources = app.Services.GetRequiredService<SourceService>();
        (string Name, string Kind)[] all =
            [("b Zoë", "alertmanager"), ("A receiving", "grafana"), ("c refused", "generic"), ("d off", "generic")];
        foreach (var (name, kind) in all)
        {
            await sources.CreateAsync(new SourceDraft { Name = name, Kind = kind }, Admin, Stop);
        }

        await using (var context = await ContextAsync(app))
        {
            var now = DateTimeOffset.UnixEpoch;
            foreach (var source in await context.Sources.ToListAsync(Stop))
            {
                source.IsOn = source.Name != "d off";
                source.LastReceivedAt = source.Name == "A receiving" ? now.AddHours(2) : null;
                source.LastRefusedAt = source.Name switch { "A receiving" => now.AddHours(1), "c refused" => now.AddHours(3), _ => null };
                source.Channels = source.Name == "b Zoë" ? $"slack:{channel}" : "";
            }

            await context.SaveChangesAsync(Stop);
        }

        async Task<IEnumerable<string>> Names(string? search = null, SourceFilter filter = default, SourceSort sort = default,
            bool descending = false) =>
            (await app.Services.GetRequiredService<SourceFormService>()
                .ListAsync(new ListQuery<SourceFilter, SourceSort>(search, filter, sort, descending), Admin, Stop)).Items
                .Select(source => source.Name);

        (await Names()).ShouldBe(["A receiving", "b Zoë", "c refused", "d off"]);
        (await Names("zoe")).ShouldBe(["b Zoë"]);
        (await Names("GRAFANA")).ShouldBe(["A receiving"]);
        (await Names("pager ops")).ShouldBe(["b Zoë"]);
        (await Names("%")).ShouldBeEmpty();
        (await Names(filter: SourceFilter.Off)).ShouldBe(["d off"]);
        (await Names(filter: SourceFilter.Receiving)).ShouldBe(["A receiving"]);
        (await Names(filter: SourceFilter.Waiting)).ShouldBe(["b Zoë"]);
        (await Names(filter: SourceFilter.Refused)).ShouldBe(["c refused"]);
        (await Names(sort: SourceSort.Received, descending: true)).First().ShouldBe("A receiving", "never comes last in every store");
        (await Names(sort: SourceSort.Refused, descending: true)).Take(2).ShouldBe(["c refused", "A receiving"]);
        (await Names(sort: SourceSort.Kind)).First().ShouldBe("b Zoë");
    }

    [Theory, DatabaseData]
    public async Task AccessLists_AreSearchedByNameAndIds_FilteredByState_AndPaged(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        int workspace;
        // What looks at Slack behind the pages would change what is looked at here.
        await using (var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database, WithSandbox = true }))
        {
            workspace = await app.AddWorkspaceAsync();
        }

        var contexts = await database.MigrateAsync(Stop);
        using var feed = new ChangeFeed(
            contexts, new WorkRegister(TimeProvider.System), TimeProvider.System, NullLogger<ChangeFeed>.Instance);
        var store = new FunctionAccessStore(contexts, feed);
        var (list, other) = (AccessList.Of(PermissionTypes.Everyone), AccessList.Of(PermissionTypes.AppCollaborators));
        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            context.ManagedFunctions.AddRange(Enumerable.Range(0, 33).Select(i =>
            {
                var function = new ManagedFunction
                {
                    WorkspaceId = workspace, Name = $"Função {i:d2}", Key = $"Fn0LISTED{i:d2}", FunctionId = $"Fn0LISTED{i:d2}",
                    CallbackId = i == 4 ? "open_ticket" : null, Wanted = list, CreatedBy = "tests",
                };
                if (i is 1 or 2)
                {
                    function.Seen(i == 1 ? list : other, DateTimeOffset.UnixEpoch.AddHours(i));
                }
                else if (i == 3)
                {
                    function.Refused("token_revoked", null, DateTimeOffset.UnixEpoch.AddHours(3));
                }

                return function;
            }));
            await context.SaveChangesAsync(Stop);
            context.AccessRuns.Add(new AccessRun
            {
                FunctionId = await context.ManagedFunctions.Where(f => f.CallbackId != null).Select(f => f.Id).SingleAsync(Stop),
                Kind = AccessRunKind.Apply, State = AccessRunState.Open, Wanted = list, StartedBy = "tests", Origin = "tests",
            });
            await context.SaveChangesAsync(Stop);
        }

        Task<ListedPage<FunctionRow>> List(string? search = null, FunctionFilter filter = default, FunctionSort sort = default,
            bool descending = false, int page = 1) => store.ListPageAsync(
                new ListQuery<FunctionFilter, FunctionSort>(search, filter, sort, descending, page), Stop);
        static IEnumerable<string> Names(ListedPage<FunctionRow> page) => page.Items.Select(row => row.Name);

        var last = await List(page: 2);
        (last.Matching, last.Total).ShouldBe((33, 33));
        Names(last).ShouldBe(["Função 30", "Função 31", "Função 32"]);
        Names(await List("funcao 07")).ShouldBe(["Função 07"]);
        Names(await List("fn0listed05")).ShouldBe(["Função 05"]);
        var changing = await List(filter: FunctionFilter.Changing);
        Names(changing).ShouldBe(["Função 04"]);
        changing.Items[0].IsChanging.ShouldBeTrue();
        Names(await List("ticket")).ShouldBe(["Função 04"]);
        Names(await List(filter: FunctionFilter.InStep)).ShouldBe(["Função 01"]);
        Names(await List(filter: FunctionFilter.Drifted)).ShouldBe(["Função 02"]);
        Names(await List(filter: FunctionFilter.Unreadable)).ShouldBe(["Função 03"]);
        Names(await List(sort: FunctionSort.State, descending: true)).Take(2).ShouldBe(["Função 03", "Função 02"]);
        Names(await List(sort: FunctionSort.LastRead, descending: true)).Take(3).ShouldBe(["Função 03", "Função 02", "Função 01"]);
    }

    [Theory, DatabaseData]
    public async Task People_AreSearchedFilteredSortedAndExported_ByAdminsOnly(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var admin = await app.AdminActorAsync();
        var people = app.Services.GetRequiredService<PeopleService>();
        foreach (var (email, role) in new[] { ("zoe@example.test", Roles.Viewer), ("=cmd@example.test", Roles.Operator) })
        {
            (await people.InviteAsync(email, role, admin, Stop)).IsDone.ShouldBeTrue(email);
        }

        await using (var context = await ContextAsync(app))
        {
            await context.Users.Where(user => user.Email == "zoe@example.test")
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.IsDisabled, true)
                    .SetProperty(user => user.LastSeenAt, DateTimeOffset.UnixEpoch), Stop);
        }

        async Task<IEnumerable<string>> Emails(string? search = null, PersonFilter filter = default, PersonSort sort = default,
            bool descending = false) =>
            (await people.ListAsync(new ListQuery<PersonFilter, PersonSort>(search, filter, sort, descending), admin, Stop)).Items
                .Select(person => person.Email);

        (await Emails("ZOE example")).ShouldBe(["zoe@example.test"]);
        (await Emails(filter: PersonFilter.Disabled)).ShouldBe(["zoe@example.test"]);
        (await Emails(filter: PersonFilter.Invited)).ShouldBe(["=cmd@example.test"]);
        (await Emails(filter: PersonFilter.WithoutSecondFactor)).ShouldContain("zoe@example.test");
        (await Emails(sort: PersonSort.Role, descending: true)).First().ShouldBe("zoe@example.test");
        (await Emails(sort: PersonSort.LastSeen)).First().ShouldBe("=cmd@example.test", "who was never seen comes first");
        (await people.FindOneAsync(admin.UserId!, admin, Stop))!.Email.ShouldBe(admin.Name);
        (await people.FindOneAsync("nobody", admin, Stop)).ShouldBeNull();

        var lines = (await (await app.SignInAsAsync(Roles.Admin)).GetStringAsync("people/export?state=invited", Stop)).Split("\r\n");
        lines[0].TrimStart('\uFEFF').ShouldStartWith("email,role,state,");
        lines[1].ShouldStartWith("'=cmd@example.test,Operator,invited,no,no,,");
        using var refused = await (await app.SignInAsAsync(Roles.Operator)).GetAsync("people/export", Stop);
        refused.IsSuccessStatusCode.ShouldBeFalse();
    }

    private static Task<NotifyDbContext> ContextAsync(NotifyAdminApp app) =>
        app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
}
