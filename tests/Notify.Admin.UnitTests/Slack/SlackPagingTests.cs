using System.Text;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackPagingTests
{
    private const string Token = "xoxb-1111-2222-canary";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAllAsync_ManyPages_FollowsTheCursorThroughEmptyPages()
    {
        string[] pages =
        [
            """{"ok":true,"channels":[{"id":"C1"}],"response_metadata":{"next_cursor":"2"}}""",
            """{"ok":true,"channels":[],"response_metadata":{"next_cursor":"3"}}""",
            """{"ok":true,"channels":[{"id":"C2"}],"response_metadata":{"next_cursor":""}}""",
        ];
        var slack = new PretendSlack(async (request, cancellation) =>
        {
            var arguments = await request.Content!.ReadAsStringAsync(cancellation);
            return new HttpResponseMessage
            {
                Content = new StringContent(
                    pages[arguments.Contains("cursor=2") ? 1 : arguments.Contains("cursor=3") ? 2 : 0], Encoding.UTF8),
            };
        });
        var client = slack.Client();

        var listing = await SlackPaging.ReadAllAsync(cursor =>
            client.ListConversationsAsync(Token, "public_channel", null, cursor, Cancellation));

        listing.Items.Select(channel => channel.Id).ShouldBe(["C1", "C2"]);
        listing.IsComplete.ShouldBeTrue();
        listing.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task ReadAllAsync_SameCursorAgain_Stops()
    {
        var slack = PretendSlack.Answering("""{"ok":true,"channels":[{"id":"C1"}],"response_metadata":{"next_cursor":"again"}}""");
        var client = slack.Client();

        var listing = await SlackPaging.ReadAllAsync(cursor =>
            client.ListConversationsAsync(Token, "public_channel", null, cursor, Cancellation));

        listing.IsComplete.ShouldBeFalse();
        slack.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ReadAllAsync_FailureInBetween_KeepsWhatWasRead()
    {
        var calls = 0;

        var listing = await SlackPaging.ReadAllAsync<string>(_ => Task.FromResult(calls++ == 0
            ? new SlackAnswer<SlackPage<string>> { Code = "ok", Value = new SlackPage<string>(["C1"], "next") }
            : new SlackAnswer<SlackPage<string>> { Code = "ratelimited", RetryAfter = TimeSpan.FromSeconds(3) }));

        listing.Items.ShouldBe(["C1"]);
        listing.IsComplete.ShouldBeFalse();
        listing.Failure.ShouldBe("ratelimited");
        listing.RetryAfter.ShouldBe(TimeSpan.FromSeconds(3));
    }
}
