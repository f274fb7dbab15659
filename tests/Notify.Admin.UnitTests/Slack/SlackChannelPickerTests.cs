using System.Globalization;
using System.Net;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>The picker reads on while somebody searches, and never says more than it knows.</summary>
public sealed class SlackChannelPickerTests : ComponentTest, IAsyncLifetime
{
    private const int Channels = 2301;
    private const int PageSize = 200;
    private static readonly Actor Admin = new("1", "admin@example.test", Roles.Admin, "test");

    // One permit is one page.
    private readonly SemaphoreSlim _pages = new(0);
    private TestDatabase _database = null!;
    private bool _isThrottled;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        Services.AddSingleton(await _database.MigrateAsync(Xunit.TestContext.Current.CancellationToken));
        Services.AddLogging();
        Services.AddSingleton(new SecretProtector(new EphemeralDataProtectionProvider()));
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<ChangeFeed>();
        Services.AddSingleton<ISlackConnections>(new SomeConnections());
        Services.AddSingleton<SlackIntegrationStore>();
        Services.AddSingleton(new PretendSlack(AnswerAsync).Client());
        Services.AddSingleton<SlackChannelDirectory>();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        _pages.Dispose();
    }

    [Fact]
    public void Search_WhileReading_SaysWhatItKnowsAndFindsTheLastChannel()
    {
        var picker = Render<SlackChannelPicker>(parameters => parameters
            .Add(p => p.IsOpen, true).Add(p => p.Actor, Admin).Add(p => p.Token, "xoxb-1"));
        _pages.Release(5);
        picker.WaitForAssertion(() => picker.Find("[role=status]").TextContent.ShouldContain("among the 1000 channels read so far"));

        picker.Act(() => picker.Find("input[type=search]"), e => e.Input("channel-2300"));
        picker.WaitForAssertion(() => picker.Find("[role=status]").TextContent.ShouldStartWith("0 found among the 1000"));
        picker.Markup.ShouldNotContain("No channel matches");
        picker.Markup.ShouldNotContain("Load more");

        _pages.Release(7);

        picker.WaitForAssertion(() => picker.FindAll(".picker-item").ShouldHaveSingleItem().TextContent.ShouldContain("channel-2300"));
        picker.Find("[role=status]").TextContent.ShouldBe("Channels: 1");
        picker.Act(() => picker.Find("input[type=search]"), e => e.Input("nowhere"));
        picker.WaitForAssertion(() => picker.Markup.ShouldContain("No channel matches"));
    }

    [Fact]
    public void Reading_Stopped_DoesNotPassForTheWhole()
    {
        var picker = Render<SlackChannelPicker>(parameters => parameters
            .Add(p => p.IsOpen, true).Add(p => p.Actor, Admin).Add(p => p.Token, "xoxb-2"));
        _pages.Release(2);
        picker.WaitForAssertion(() => picker.Find("[role=status]").TextContent.ShouldContain("among the 400 channels"));

        _isThrottled = true;
        _pages.Release();

        picker.WaitForAssertion(() => picker.Find("[role=status]").TextContent.ShouldContain("before the reading stopped"));
        picker.Markup.ShouldNotContain("Channels: 400");
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (!request.RequestUri!.AbsolutePath.EndsWith("conversations.list", StringComparison.Ordinal))
        {
            // Only the workspace's name: the list needs no such call.
            return Json("""{"ok":false,"error":"unknown_method"}""");
        }

        await _pages.WaitAsync(cancellation);
        if (_isThrottled)
        {
            return Json("""{"ok":false,"error":"team_access_not_granted"}""");
        }

        var arguments = await request.Content!.ReadAsStringAsync(cancellation);
        var at = arguments.Split("cursor=") is [_, var cursor] ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var items = Enumerable.Range(at, Math.Min(PageSize, Channels - at))
            .Select(number => $$"""{"id":"C0CHANNEL{{number:D4}}","name":"channel-{{number:D4}}","is_member":true}""");
        var next = at + PageSize < Channels ? $"{at + PageSize}" : "";
        return Json($$$"""{"ok":true,"channels":[{{{string.Join(',', items)}}}],"response_metadata":{"next_cursor":"{{{next}}}"}}""");
    }

    private static HttpResponseMessage Json(string body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
