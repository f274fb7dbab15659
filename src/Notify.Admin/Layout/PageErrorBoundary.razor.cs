using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.Layout;

/// <summary>Keeps a page's unexpected failure inside the page: logged under a reference that the page shows, gone on the next
/// navigation.</summary>
public sealed partial class PageErrorBoundary
{
    private string _reference = "";

    [Inject]
    private IStringLocalizer<LayoutText> T { get; set; } = null!;

    [Inject]
    private NavigationManager Manager { get; set; } = null!;

    [Inject]
    private ILogger<PageErrorBoundary> Logger { get; set; } = null!;

    public void Dispose() => Manager.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => Manager.LocationChanged += OnLocationChanged;

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = RandomNumberGenerator.GetHexString(8, lowercase: true);
        if (exception is NotPermittedException refusal)
        {
            Logger.LogInformation("A page asked for what the person's role does not allow ({Policy})", refusal.Policy);
        }
        else if (exception is ProvisionedException provisioned)
        {
            Logger.LogInformation("A page asked to change what {File} has", provisioned.File);
        }
        else
        {
            Logger.LogError(exception, "A page failed; its reader was shown the reference {Reference}", _reference);
        }

        return Task.CompletedTask;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => InvokeAsync(Recover);
}
