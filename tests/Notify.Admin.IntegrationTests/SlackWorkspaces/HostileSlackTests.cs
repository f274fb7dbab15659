using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.IntegrationTests.FunctionAccess;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.SlackWorkspaces;

/// <summary>Text that no column was made for, in what Slack says of people, workspaces and functions: it is cleaned and kept, or refused
/// with a code; never an error of the store, and nothing is read for ever.</summary>
public sealed class HostileSlackTests
{
    // As JSON strings hold them.
    private static readonly string[] Texts =
    [
        @"a\u0000b", @"a\ud83d", @"\ude00b", @"\uffff\ufdd0", @"\u202eevil\u202c", @"line\r\n\u001b[31mred\u2028", new('x', 6000),
        string.Concat(Enumerable.Repeat("😀", 3000)), string.Concat(Enumerable.Repeat(@"e\u0301", 900)), "",
    ];

    // Those of the function, and one more, who has to be added.
    private static readonly string[] Wished =
        [SlackSeeds.PersonId(1), SlackSeeds.PersonId(3), SlackSeeds.PersonId(11), SlackSeeds.PersonId(9)];

    private static readonly Actor Operator = new(null, "operator@example.test", Roles.Operator, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task People_WithAnyTextInAnyField_AreReadToTheEnd(DatabaseProvider provider)
    {
        var time = new SteppedTime();
        await using var app = await AccessApi.StartAsync(provider, time);
        await app.WaitForPeopleAsync(1);
        foreach (var text in Texts)
        {
            var before = (await Directory(app).StateAsync(1, Stop))!;
            Answer(app, "users.list", $$$"""
                {"ok":true,"members":[
                {"id":"U0HOSTILE1","team_id":"{{{text}}}","name":"{{{text}}}","real_name":"{{{text}}}","profile":{"display_name":"{{{text}}}","real_name":"{{{text}}}","email":"{{{text}}}","x":"{{{text}}}"}},
                {"id":"{{{text}}}","name":"nameless"}],"response_metadata":{"next_cursor":""},"{{{text}}}":"{{{text}}}"}
                """);

            await app.Services.GetRequiredService<SlackWorkspaceService>().ReadPeopleAsync(1, Operator, Stop);
            // What is due is looked for every second.
            time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.HoldsAsync(async () => await Directory(app).StateAsync(1, Stop) is { IsUnderWay: false } state
                && (state.CompletedAt > before.CompletedAt || state.Code is not null), TimeSpan.FromSeconds(60));

            foreach (var person in await PeopleAsync(app))
            {
                string?[] fields = [person.UserId, person.TeamId, person.Handle, person.RealName, person.DisplayName, person.Email];
                foreach (var field in fields)
                {
                    PlainText.IsLine(field ?? "").ShouldBeTrue(field);
                }
            }
        }

        // Where it ended in a code, the next reading is as good as any.
        var last = (await Directory(app).StateAsync(1, Stop))!;
        await app.Services.GetRequiredService<SlackWorkspaceService>().ReadPeopleAsync(1, Operator, Stop);
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(async () => await Directory(app).StateAsync(1, Stop) is { Code: null } state
            && state.CompletedAt > last.CompletedAt, TimeSpan.FromSeconds(60));
        ShouldHaveNoStoreError(app);
    }

    [Theory, DatabaseData]
    public async Task Functions_WithAnyTextInAnyField_AreReadOrRefusedByACode(DatabaseProvider provider)
    {
        await using var app = await AccessApi.StartAsync(provider);
        var api = app.CreateApiClient();
        var id = await AccessApi.AddAsync(api, SlackSeeds.NamedFunction);
        foreach (var text in Texts)
        {
            foreach (var body in new[]
            {
                $$$"""{"ok":true,"permission_type":"{{{text}}}","users":[{"user_id":"{{{text}}}","username":"{{{text}}}","email":"{{{text}}}"}],"team_ids":["{{{text}}}"],"org_ids":["{{{text}}}"]}""",
                $$$"""{"ok":true,"permission_type":"named_entities","users":[{"user_id":"U0PERSON01","username":"{{{text}}}","email":"{{{text}}}"}],"{{{text}}}":1}""",
                $$$"""{"ok":false,"error":"{{{text}}}","needed":"{{{text}}}","response_metadata":{"messages":["{{{text}}}"]}}""",
                $$$"""{"ok":false,"error":"function_not_found","detail":"{{{text}}}","response_metadata":{"messages":["{{{text}}}"]}}""",
            })
            {
                Answer(app, "functions.distributions.permissions.list", body);
                using var answer = await api.GetAsync($"api/function-access/{id}?refresh=true", Stop);

                var said = await answer.Content.ReadAsStringAsync(Stop);
                answer.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError, $"{body[..Math.Min(200, body.Length)]}: {said}");
                PlainText.Is(said).ShouldBeTrue();
            }
        }

        app.Sandbox.Faults.Clear();
        var read = await AccessApi.GetAsync(api, $"api/function-access/{id}?refresh=true");
        read.GetProperty("now").GetProperty("permission_type").GetString().ShouldBe("named_entities");
        ShouldHaveNoStoreError(app);
    }

    [Theory, DatabaseData]
    public async Task Runs_WithAnyTextInTheRefusal_EndOnRecord(DatabaseProvider provider)
    {
        await using var app = await AccessApi.StartAsync(provider);
        var api = app.CreateApiClient();
        var id = await AccessApi.AddAsync(api, SlackSeeds.NamedFunction);
        foreach (var text in Texts)
        {
            foreach (var method in new[] { "add", "set" })
            {
                app.Sandbox.Faults.Add(new SandboxFault
                {
                    Target = FaultTarget.Slack, Kind = FaultKind.Body, Method = $"functions.distributions.permissions.{method}", Calls = 0,
                    Body = $$$"""{"ok":false,"error":"user_not_found","detail":"{{{text}}}","user_ids":["{{{text}}}"],"response_metadata":{"messages":["{{{text}}}"]}}""",
                });
            }

            using var answer = await api.PostAsync($"api/function-access/{id}/apply", System.Net.Http.Json.JsonContent.Create(
                new { permission_type = "named_entities", user_ids = Wished }), Stop);

            var said = await answer.Content.ReadAsStringAsync(Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, said);
            PlainText.Is(said).ShouldBeTrue();
            app.Sandbox.Faults.Clear();
        }

        var history = await AccessApi.GetAsync(api, $"api/function-access/{id}/history");
        history.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(Texts.Length - 1);
        ShouldHaveNoStoreError(app);
    }

    private static SlackDirectory Directory(NotifyAdminApp app) => app.Services.GetRequiredService<SlackDirectory>();

    private static void Answer(NotifyAdminApp app, string method, string body) => app.Sandbox.Faults.Add(
        new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Body, Method = method, Body = body, Calls = 1 });

    private static void ShouldHaveNoStoreError(NotifyAdminApp app) => app.Logs.Lines.ShouldNotContain(line =>
        line.Contains("DbUpdateException", StringComparison.Ordinal) || line.Contains("PostgresException", StringComparison.Ordinal)
        || line.Contains("UnstorableTextException", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<SlackPerson>> PeopleAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.SlackPeople.AsNoTracking().Where(person => person.UserId == "U0HOSTILE1" || person.Handle == "nameless")
            .ToListAsync(Stop);
    }
}
