namespace Notify.Admin.Deliveries;

/// <summary>Names the resource files of the words of deliveries.</summary>
public sealed class DeliveriesText;
