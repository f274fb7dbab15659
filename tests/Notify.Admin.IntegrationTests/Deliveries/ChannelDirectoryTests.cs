using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>The names that every page shows: read once, and as stored now.</summary>
public sealed class ChannelDirectoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task List_IsReadAgainAfterAChangeOnly(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var directory = app.Services.GetRequiredService<ChannelDirectory>();
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01", slack => slack.Name = "before");
        var key = new ChannelKey(ChannelKind.Slack, id);

        var first = await directory.ListAsync(Stop);
        first.Find(key)!.Name.ShouldBe("before");
        (await directory.ListAsync(Stop)).ShouldBeSameAs(first);

        await app.EditSlackIntegrationAsync(id, slack => slack.Name = "after");

        (await directory.ListAsync(Stop)).Find(key)!.Name.ShouldBe("after");
    }

    [Fact]
    public async Task List_SaysWhyNothingIsHeard_InTheReadersLanguage()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings());
        var directory = app.Services.GetRequiredService<ChannelDirectory>();
        await app.AddSlackIntegrationAsync("C0ALERTS01", slack => slack.SlackNotify = slack.SlackAborted = false);

        var english = await SaidAsync("en");
        var chinese = await SaidAsync("zh-CN");

        (english, chinese).ShouldNotBe((null, null));
        chinese.ShouldNotBe(english);
        (await SaidAsync("en")).ShouldBe(english);

        async Task<string?> SaidAsync(string culture)
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return (await directory.ListAsync(Stop)).All[0].HearsNothing;
        }
    }
}
