using Notify.Sandbox.Slack;

namespace Notify.Sandbox.Control;

/// <summary>Socket Mode: who is connected, pressing buttons, and taking connections away.</summary>
internal static class SocketRoutes
{
    private static readonly string[] Reasons = ["warning", "refresh_requested", "link_disabled", "cut"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapControlGet("/slack/sockets", (_, state) => state.Slack.Sockets.Open);
        routes.MapControlPost("/slack/sockets/disconnect", async (http, state) =>
        {
            var wanted = await ControlJson.ReadAsync<Disconnect>(http);
            if (!Reasons.Contains(wanted.Reason))
            {
                throw new ControlException($"reason: is one of {string.Join(", ", Reasons)}.");
            }

            if (wanted.Reason == "cut")
            {
                state.Slack.Sockets.Cut();
            }
            else
            {
                await state.Slack.Sockets.DisconnectAsync(wanted.Reason);
            }

            await ControlJson.WriteAsync(http, wanted);
        });
        routes.MapControlPost("/slack/presses", async (http, state) =>
        {
            var press = await ControlJson.ReadAsync<Press>(http);
            if (press.Times is < 1 or > 10)
            {
                throw new ControlException("times: is a number from 1 to 10.");
            }

            var acknowledged = await SlackPress.RunAsync(state, press.Ts, press.ActionId, press.UserId, press.Times)
                ?? throw new ControlException("No app is connected by Socket Mode.", StatusCodes.Status409Conflict);
            await ControlJson.WriteAsync(http, new Pressed(acknowledged));
        });
    }

    private sealed record Disconnect(string Reason);

    private sealed record Press(string Ts, string ActionId, string UserId, int Times = 1);

    private sealed record Pressed(int Acknowledged);
}
