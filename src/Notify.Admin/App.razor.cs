using Microsoft.AspNetCore.Components.Routing;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Notify.Admin.Layout;
using Notify.Admin.Shared;

namespace Notify.Admin;

/// <summary>The root component: picks static or interactive rendering per request.</summary>
public sealed partial class App
{
    // Prerenders the frame only: MainLayout leaves the page to the circuit.
    private static readonly InteractiveServerRenderMode Interactive = new(prerender: true);

    private static readonly string MudVersion = typeof(MudButton).Assembly.GetName().Version!.ToString(3);

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    private InteractiveServerRenderMode? PageMode => HttpContext.AcceptsInteractiveRouting() ? Interactive : null;

    private string? PersonId => HttpContext.User.FindFirstValue(ClaimTypes.NameIdentifier);

    // With the slash: everything on a page is relative to it.
    private string BaseAddress => $"{HttpContext.Request.PathBase}/";

    private DisplayPreferences Preferences => DisplayPreferences.Read(HttpContext.Request);

    // The words that the browser's script needs to keep times fresh.
    private string Words => JsonSerializer.Serialize(RelativeTime.Words.ToDictionary(word => word.Key, word => S[word.Value].Value));
}
