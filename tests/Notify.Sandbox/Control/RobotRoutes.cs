using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Sandbox.DingTalk;

namespace Notify.Sandbox.Control;

/// <summary>DingTalk's robots.</summary>
internal static class RobotRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapControlGet("/robots", (_, state) => state.Robots.All.Select(robot => Describe(state, robot)).ToList());
        routes.MapControlPut("/robots/{token}", async (http, state) =>
        {
            var token = (string)http.Request.RouteValues["token"]!;
            var robot = await ControlJson.ReadAsync<SandboxRobot>(http);
            if (robot.Token.Length > 0 && robot.Token != token)
            {
                throw new ControlException($"token: '{robot.Token}' is not the one in the address, '{token}'.");
            }

            robot = robot with { Token = token };
            state.Robots.Put(robot);
            await ControlJson.WriteAsync(http, Describe(state, robot));
        });
        routes.MapControlPut("/robots", async (http, state) =>
        {
            var robots = await ControlJson.ReadManyAsync<SandboxRobot>(http);
            if (robots.Select((robot, index) => robot.FindProblem() is { } problem ? $"[{index}].{problem}" : null)
                .FirstOrDefault(text => text is not null) is { } first)
            {
                throw new ControlException(first);
            }

            foreach (var robot in robots)
            {
                state.Robots.Put(robot);
            }

            await ControlJson.WriteAsync(http, robots.Select(robot => Describe(state, robot)).ToList());
        });
        routes.MapControlDelete("/robots/{token}", (http, state) =>
        {
            if (!state.Robots.Remove((string)http.Request.RouteValues["token"]!))
            {
                throw new ControlException("There is no robot with that token.", StatusCodes.Status404NotFound);
            }
        });
    }

    /// <summary>As it would be put, with the end of its ten-minute block if it is shut.</summary>
    private static JsonNode Describe(SandboxState state, SandboxRobot robot)
    {
        var shown = JsonSerializer.SerializeToNode(robot, ControlJson.Options)!;
        if (state.Robots.BlockedUntil(robot.Token) is { } end)
        {
            shown["blockedUntil"] = end;
        }

        return shown;
    }
}
