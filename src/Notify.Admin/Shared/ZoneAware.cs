using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Notify.Admin.Shared;

/// <summary>A component whose words hold times in the reader's zone, which is known after the first render.</summary>
public abstract class ZoneAware : ComponentBase
{
    [Inject]
    protected UserTimeZone Zone { get; set; } = null!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || Zone.Known is not null)
        {
            return;
        }

        try
        {
            await Zone.GetAsync();
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }
}
