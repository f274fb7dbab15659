using System.Text;

namespace Notify.Sandbox.DingTalk;

/// <summary><c>POST /robot/send</c>: DingTalk's webhook.</summary>
internal static class RobotEndpoint
{
    public static void MapRobot(this IEndpointRouteBuilder routes) => routes.MapPost("/robot/send", HandleAsync);

    private static async Task HandleAsync(HttpContext http)
    {
        var state = http.RequestServices.GetRequiredService<SandboxState>();
        var request = await RobotRequest.ReadAsync(http);
        var gate = state.Robots.Find(request.Token);
        var call = new CallTarget(
            SandboxTarget.DingTalk, "robot/send", gate?.Robot.DisplayName, [request.Token], CallTarget.LastFour(request.Token))
        {
            Content = () => Encoding.UTF8.GetString(request.Body),
        };

        await Exchange.RunAsync(http, state, call, () => Judge(state, request, gate, call));
    }

    private static Answer Judge(SandboxState state, RobotRequest request, RobotGate? gate, CallTarget call)
    {
        var answer = RobotChecks.Judge(request, gate, state.Settings.ErrorStyle);
        if (answer.Code == "ok")
        {
            var now = state.Time.GetUtcNow();
            state.Counters.CountMessage(call);
            state.Messages.Append(index => new SandboxMessage(index, now, call, gate?.Robot.DisplayName, null, request.Body));
        }

        return answer;
    }
}
