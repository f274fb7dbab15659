using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.ChannelPages;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

public sealed class PersonChoiceTests
{
    private const string Choice = "columns/test";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Choice_IsThePersonsOwn_AndTheLastOneCounts(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var choices = app.Services.GetRequiredService<PersonChoiceService>();
        var admin = await app.AdminActorAsync();
        (await choices.FindAsync(Choice, admin, Stop)).ShouldBeNull();

        await choices.SaveAsync(Choice, "one", admin, Stop);
        await choices.SaveAsync(Choice, "", admin, Stop);

        (await choices.FindAsync(Choice, admin, Stop)).ShouldBe("");
        (await choices.FindAsync("columns/other", admin, Stop)).ShouldBeNull();
        (await choices.FindAsync(Choice, admin with { UserId = "somebody else" }, Stop)).ShouldBeNull();
        await choices.SaveAsync(Choice, "of nobody", admin with { UserId = "somebody else" }, Stop);
        (await choices.FindAsync(Choice, admin with { UserId = "somebody else" }, Stop)).ShouldBeNull("there is no such account");
    }

    [Theory, DatabaseData]
    public async Task Choice_SavedAtOnceFromTwoTabs_IsOne(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var choices = app.Services.GetRequiredService<PersonChoiceService>();
        var admin = await app.AdminActorAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(tab => Task.Run(() => choices.SaveAsync(Choice, $"{tab}", admin, Stop), Stop)));

        (await choices.FindAsync(Choice, admin, Stop)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Columns_PutAway_StayAway_AndOnesThatAreNoMoreAreForgotten()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var choices = app.Services.GetRequiredService<PersonChoiceService>();
        var admin = await app.AdminActorAsync();
        await choices.SaveAsync(Choice, "Health,NoSuchColumn,1", admin, Stop);
        var columns = new HiddenColumns<ChannelColumn>(choices, "test", admin);

        await columns.ReadAsync(Stop);
        await columns.SetAsync(ChannelColumn.LastTest, isShown: false, Stop);
        await columns.SetAsync(ChannelColumn.Health, isShown: true, Stop);

        var again = new HiddenColumns<ChannelColumn>(choices, "test", admin);
        await again.ReadAsync(Stop);
        Enum.GetValues<ChannelColumn>().Where(column => !again.Shows(column)).ShouldBe([ChannelColumn.LastTest]);
    }
}
