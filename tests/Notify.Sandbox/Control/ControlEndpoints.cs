namespace Notify.Sandbox.Control;

/// <summary><c>/_sandbox/…</c>: what came in, what goes wrong, what there is.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/_sandbox");
        group.MapControlDelete("", (_, state) => state.Reset());
        MessageRoutes.Map(group);
        FaultRoutes.Map(group);
        SlackRoutes.Map(group);
        SocketRoutes.Map(group);
        RobotRoutes.Map(group);
        SettingsRoutes.Map(group);
        SourceRoutes.Map(group);
        SecurityCenterRoutes.Map(group);
    }

    public static void MapControlGet<T>(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, SandboxState, T> read) =>
        routes.MapGet(pattern, Guard((http, state) => ControlJson.WriteAsync(http, read(http, state))));

    public static void MapControlPut(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, SandboxState, Task> write) =>
        routes.MapPut(pattern, Guard(write));

    public static void MapControlPost(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, SandboxState, Task> write) =>
        routes.MapPost(pattern, Guard(write));

    public static void MapControlDelete(this IEndpointRouteBuilder routes, string pattern, Action<HttpContext, SandboxState> delete) =>
        routes.MapDelete(pattern, Guard((http, state) =>
        {
            delete(http, state);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }));

    private static RequestDelegate Guard(Func<HttpContext, SandboxState, Task> handle) => async http =>
    {
        try
        {
            await handle(http, http.RequestServices.GetRequiredService<SandboxState>());
        }
        catch (ControlException problem)
        {
            await ControlJson.WriteAsync(http, new ControlError(problem.Message), problem.Status);
        }
        catch (ArgumentException problem)
        {
            // The catalogues' and the fault list's own refusals; the parameter's name is of no use to the caller.
            await ControlJson.WriteAsync(http, new ControlError(problem.Message.Split(" (Parameter")[0]), StatusCodes.Status400BadRequest);
        }
    };

    private sealed record ControlError(string Error);
}
