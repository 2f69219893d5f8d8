"""Sections of the landing page: customers at a glance, and the license distribution trend."""

from dashboard.metrics import segments
from dashboard.metrics.licenses import ASSIGNED, AVAILABLE, CUSTOMERS, TOTAL, USED
from dashboard.sections.section import Section

OVERVIEW = Section(
    name="overview",
    title="Customers at a glance",
    definition="Calling and Meetings together; the toggle does not change these numbers.",
    by_product=False,
    kpis=(
        CUSTOMERS,
        CUSTOMERS.among(
            segments.EXPIRING,
            name="nearing_expiration",
            label="Nearing expiration",
            definition=(
                "Customers with a subscription or trial that ends within the next {soon_days} "
                "days and does not renew by itself. (The status “Expiring soon” looks "
                "{expiring_soon_days} days ahead.)"
            ),
            better=False,
        ),
        CUSTOMERS.among(
            segments.RENEWING,
            name="nearing_renewal",
            label="Nearing renewal",
            definition=(
                "Customers with subscriptions that renew by themselves within the next "
                "{soon_days} days."
            ),
            better=None,
        ),
        CUSTOMERS.among(
            segments.LOW_ASSIGNMENT,
            name="low_license_assignment",
            label="Low license assignment",
            definition=(
                "Customers that assigned a lower share of their licenses than similar customers, "
                "for either product."
            ),
            better=False,
        ),
        CUSTOMERS.among(
            segments.OVER_LIMIT,
            name="over_license_limit",
            label="Over license limit",
            definition="Customers that assigned more licenses than they bought.",
            better=False,
        ),
    ),
)
LICENSE_TREND = Section(
    name="license_trend",
    title="License distribution trend",
    definition=(
        "Licenses at each week's close, over the subscriptions active on the day after. A week "
        "without data is a gap."
    ),
    trend=(TOTAL, ASSIGNED, USED, AVAILABLE),
)
