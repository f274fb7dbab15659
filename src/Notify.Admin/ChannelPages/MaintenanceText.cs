namespace Notify.Admin.ChannelPages;

/// <summary>Names the texts of the maintenance page.</summary>
public sealed class MaintenanceText;
